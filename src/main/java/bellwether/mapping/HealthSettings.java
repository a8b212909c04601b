package bellwether.mapping;

import bellwether.nps.AttributeBy;
import bellwether.nps.FiscalYear;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Month;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How responses are matched, counted and judged, as the admin wrote it in {@code config/health.yaml}.
 *
 * @param match keys tried in this order: {@code crm_id}, {@code person_id}, {@code email}
 * @param windowNames see {@link #windows()}
 * @param customWindows the company's own windows by name, as two dates
 * @param fiscalYearStarts month from 1 to 12
 * @param policy which responses of one person count
 * @param minNFlag below this many responses a value is marked indicative
 * @param attributeBy whose responses they are when a contact has changed accounts
 * @param minNHide below this many responses views by CSM and by team hide the score
 * @param countNoScore unscored responses count towards n: for parity with another tool only
 * @param includeChurned figures of the company include accounts that are customers no more
 * @param paying the accounts whose coverage is told; null for whatever the CRM's mapping makes natural
 */
public record HealthSettings(
        List<String> match,
        @JsonProperty("windows") List<String> windowNames,
        Map<String, String> customWindows,
        Integer fiscalYearStarts,
        NamedBy fiscalYearNamedBy,
        Policy policy,
        @JsonProperty("min_n_flag") Integer minNFlag,
        @JsonProperty("min_n_hide") Integer minNHide,
        Boolean countNoScore,
        Boolean includeChurned,
        Duplicates suspectedDuplicates,
        Roles roles,
        SignalSettings.Relationship relationship,
        Map<String, SignalSettings.Named> namedHealth,
        SignalSettings.Composite composite,
        SignalSettings.Warnings warnings,
        Map<String, SignalSettings.Milestone> milestones,
        Duration maxActAge,
        AttributeBy attributeBy,
        Paying paying) {

    /** The calendar year a fiscal year is called after: the one it starts in, or the one it ends in. */
    public enum NamedBy {
        START,
        END
    }

    /** Same person, survey and score under another id within this time: kept and flagged; counted only if told so. */
    public record Duplicates(Duration within, Boolean count) {
        public Duplicates {
            within = within == null ? Duration.ofMinutes(30) : within;
            count = count != null && count;
        }
    }

    public HealthSettings {
        match = match == null ? List.of("crm_id", "person_id", "email") : List.copyOf(match);
        windowNames = windowNames == null
                ? List.of("trailing_6_months", "this_month", "last_month", "this_quarter", "last_quarter")
                : List.copyOf(windowNames);
        customWindows = customWindows == null ? Map.of() : Map.copyOf(customWindows);
        fiscalYearStarts = fiscalYearStarts == null ? 1 : fiscalYearStarts;
        fiscalYearNamedBy = fiscalYearNamedBy == null ? NamedBy.START : fiscalYearNamedBy;
        policy = policy == null ? Policy.LATEST_PER_PERSON : policy;
        minNFlag = minNFlag == null ? 5 : minNFlag;
        minNHide = minNHide == null ? 3 : minNHide;
        countNoScore = countNoScore != null && countNoScore;
        includeChurned = includeChurned != null && includeChurned;
        suspectedDuplicates = suspectedDuplicates == null ? new Duplicates(null, null) : suspectedDuplicates;
        attributeBy = attributeBy == null ? AttributeBy.NOW : attributeBy;
    }

    /** What holds where the admin wrote nothing. */
    public static HealthSettings defaults() {
        return new HealthSettings(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null);
    }

    /** The windows kept for every account, the default one first. */
    public List<Window> windows() {
        return windowNames.stream().map(this::window).toList();
    }

    /** A window by its name, in this company's fiscal year; an IllegalArgumentException says what is wrong with the name. */
    public Window window(String name) {
        String custom = customWindows.get(name.strip());
        if (custom != null) {
            return new Window.Named(name.strip(), (Window.Fixed) Window.parse(custom));
        }
        return Window.parse(
                name,
                new FiscalYear(
                        Month.of(fiscalYearStarts),
                        fiscalYearNamedBy == NamedBy.START
                                ? FiscalYear.Naming.START_YEAR
                                : FiscalYear.Naming.END_YEAR));
    }

    /** What answers are taken as a sign of. */
    public SignalSettings signals() {
        return new SignalSettings(roles, relationship, namedHealth, composite, warnings, milestones, maxActAge);
    }

    /** The window each health is judged over, by the health's name. */
    public Map<String, Window> judgedOver() {
        SignalSettings signals = signals();
        Map<String, Window> windows = new LinkedHashMap<>();
        windows.put("relationship", judgedOver(signals.relationship().window()));
        signals.named().forEach((name, named) -> windows.put(name, judgedOver(named.window())));
        if (composite != null) {
            windows.put("composite", judgedOver(composite.window()));
        }
        return windows;
    }

    private Window judgedOver(String name) {
        return name == null ? windows().get(0) : window(name);
    }
}
