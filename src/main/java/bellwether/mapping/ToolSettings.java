package bellwether.mapping;

import bellwether.nps.AcceptPartial;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A connection to a survey tool, as the admin wrote it in {@code config/connections.yaml}. What is null here is as the tool's own
 * file declares it.
 *
 * @param name of the connection
 * @param tool the name of the file in {@code mappings/tools}
 * @param source the name under which responses are kept for ever; pull, webhook and file of one tool account share it
 * @param follows the source of the tool that this one replaces, or null: an answer that came through both counts once
 * @param schedule when it runs
 * @param settings what the tool's file declares, by key, defaults filled in; no value of it prints
 * @param backfillMonths calendar months read at the first run
 * @param rescan tiers, shortest first
 * @param npsSurveys surveys that ask the NPS question; a survey in none of the lists is stored and not counted
 * @param acceptPartial from when answers count that are not completed
 * @param proxy {@code host:port}, or null
 * @param caFile PEM file of an own certificate authority, or null
 * @param files how files with its responses are taken in
 */
public record ToolSettings(
        String name,
        String tool,
        String source,
        String follows,
        Boolean enabled,
        String baseUrl,
        String loginUrl,
        Map<String, Secret> settings,
        Schedule schedule,
        Integer backfillMonths,
        List<Tier> rescan,
        Integer pageSize,
        Surveys npsSurveys,
        Surveys csatSurveys,
        Surveys cesSurveys,
        AcceptPartial acceptPartial,
        Integer requestsPerMinute,
        Integer requestsPerDay,
        Duration timeout,
        String proxy,
        String caFile,
        Files files) {

    /**
     * Files with responses.
     *
     * @param folder that is looked into, relative to the home folder; {@code data/in/<connection>} unless told
     * @param encoding of texts, or null to detect it
     * @param separator between columns, or null to detect it
     */
    public record Files(String folder, String encoding, Character separator) {}

    static final List<Tier> RESCAN = List.of(
            new Tier(2, Duration.ofHours(1)), new Tier(35, Duration.ofDays(1)), new Tier(null, Duration.ofDays(7)));

    public ToolSettings {
        source = source == null ? name : source;
        settings = settings == null ? Map.of() : Map.copyOf(settings);
        enabled = enabled == null || enabled;
        schedule = schedule == null ? new Schedule(Duration.ofMinutes(5), null) : schedule;
        backfillMonths = backfillMonths == null ? 6 : backfillMonths;
        rescan = rescan == null ? RESCAN : List.copyOf(rescan);
        npsSurveys = npsSurveys == null ? Surveys.NONE : npsSurveys;
        csatSurveys = csatSurveys == null ? Surveys.NONE : csatSurveys;
        cesSurveys = cesSurveys == null ? Surveys.NONE : cesSurveys;
        acceptPartial = acceptPartial == null ? AcceptPartial.SCORE_ONLY : acceptPartial;
        files = files == null ? new Files(null, null, null) : files;
        timeout = timeout == null ? Duration.ofSeconds(30) : timeout;
    }

    /** A setting that the tool's file declares, or null if it is not set. It may be a secret: not for a log or a fault. */
    public String setting(String name) {
        Secret value = settings.get(name);
        return value == null ? null : value.reveal();
    }
}
