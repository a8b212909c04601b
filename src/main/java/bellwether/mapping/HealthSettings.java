package bellwether.mapping;

import bellwether.nps.AttributeBy;
import bellwether.nps.FiscalYear;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Month;
import java.util.List;

/**
 * How responses are matched, counted and judged, as the admin wrote it in {@code config/health.yaml}.
 *
 * @param match keys tried in this order: {@code crm_id}, {@code person_id}, {@code email}
 * @param windowNames see {@link #windows()}
 * @param fiscalYearStarts month from 1 to 12
 * @param policy which responses of one person count
 * @param minNFlag below this many responses a value is marked indicative
 * @param attributeBy whose responses they are when a contact has changed accounts
 */
public record HealthSettings(
        List<String> match,
        @JsonProperty("windows") List<String> windowNames,
        Integer fiscalYearStarts,
        Policy policy,
        @JsonProperty("min_n_flag") Integer minNFlag,
        Duplicates suspectedDuplicates,
        Relationship relationship,
        AttributeBy attributeBy) {

    /** Same person, survey and score under another id within this time: kept and flagged; counted only if told so. */
    public record Duplicates(Duration within, Boolean count) {
        public Duplicates {
            within = within == null ? Duration.ofMinutes(30) : within;
            count = count != null && count;
        }
    }

    /**
     * Relationship health.
     *
     * @param goodFrom NPS from which an account is good
     * @param poorBelow NPS below which it is poor
     * @param unknownAfterDays age of the last scored answer from which it is unknown
     * @param keyRoles roles whose latest answer, if a detractor, makes the account poor; compared ignoring case
     */
    public record Relationship(Integer goodFrom, Integer poorBelow, Integer unknownAfterDays, List<String> keyRoles) {
        public Relationship {
            goodFrom = goodFrom == null ? 30 : goodFrom;
            poorBelow = poorBelow == null ? 0 : poorBelow;
            unknownAfterDays = unknownAfterDays == null ? 180 : unknownAfterDays;
            keyRoles =
                    keyRoles == null ? List.of("sponsor", "executive sponsor", "key contact") : List.copyOf(keyRoles);
        }
    }

    public HealthSettings {
        match = match == null ? List.of("crm_id", "person_id", "email") : List.copyOf(match);
        windowNames = windowNames == null
                ? List.of("trailing_6_months", "this_month", "last_month", "this_quarter", "last_quarter")
                : List.copyOf(windowNames);
        fiscalYearStarts = fiscalYearStarts == null ? 1 : fiscalYearStarts;
        policy = policy == null ? Policy.LATEST_PER_PERSON : policy;
        minNFlag = minNFlag == null ? 5 : minNFlag;
        suspectedDuplicates = suspectedDuplicates == null ? new Duplicates(null, null) : suspectedDuplicates;
        relationship = relationship == null ? new Relationship(null, null, null, null) : relationship;
        attributeBy = attributeBy == null ? AttributeBy.NOW : attributeBy;
    }

    /** The windows kept for every account, the default one first. */
    public List<Window> windows() {
        return windowNames.stream().map(this::window).toList();
    }

    /** A window by its name, in this company's fiscal year; an IllegalArgumentException says what is wrong with the name. */
    public Window window(String name) {
        return Window.parse(name, new FiscalYear(Month.of(fiscalYearStarts), FiscalYear.Naming.START_YEAR));
    }
}
