package bellwether.mapping;

import bellwether.mapping.Roles.Role;
import bellwether.nps.Metric;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What answers are taken as a sign of.
 *
 * @param named further healths by name, from answers to other questions
 * @param composite null if there is none
 * @param milestones by name
 * @param maxActAge an event that becomes known when it is older than this is recorded, and nobody acts on it
 */
public record SignalSettings(
        Roles roles,
        Relationship relationship,
        Map<String, Named> named,
        Composite composite,
        Warnings warnings,
        Map<String, Milestone> milestones,
        Duration maxActAge) {

    /**
     * Relationship health.
     *
     * @param window null for the default one
     * @param goodFrom NPS from which an account is good
     * @param poorBelow NPS below which it is poor
     * @param unknownAfterDays age of the last scored answer from which it is unknown
     * @param alarmRoles roles whose latest answer, if a detractor, makes the account poor
     */
    public record Relationship(
            String window, Integer goodFrom, Integer poorBelow, Integer unknownAfterDays, List<Role> alarmRoles) {
        public Relationship {
            goodFrom = goodFrom == null ? 30 : goodFrom;
            poorBelow = poorBelow == null ? 0 : poorBelow;
            unknownAfterDays = unknownAfterDays == null ? 180 : unknownAfterDays;
            alarmRoles = alarmRoles == null ? List.of(Role.SPONSOR, Role.KEY_CONTACT) : List.copyOf(alarmRoles);
        }
    }

    /**
     * A health from answers to another question than the NPS one. Each metric is judged by itself; the worst of them counts.
     *
     * @param metrics CSAT, CES or both, with the bands of each
     * @param goodFrom percentage of satisfied answers from which it is good
     * @param poorBelow percentage below which it is poor
     */
    public record Named(
            Map<Metric, Bands> metrics, String window, Integer goodFrom, Integer poorBelow, Integer unknownAfterDays) {
        static final Named SERVICE = new Named(
                new TreeMap<>(Map.of(Metric.CSAT, new Bands(4, 2), Metric.CES, new Bands(5, 3))),
                null,
                null,
                null,
                null);

        public Named {
            metrics = ordered(metrics);
            goodFrom = goodFrom == null ? 80 : goodFrom;
            poorBelow = poorBelow == null ? 60 : poorBelow;
            unknownAfterDays = unknownAfterDays == null ? 180 : unknownAfterDays;
        }
    }

    /** Which scores, on the survey's own scale, are satisfied ones and which dissatisfied; between them lies neither. */
    public record Bands(Integer satisfiedFrom, Integer dissatisfiedTo) {}

    /**
     * A score of 0 to 100 of the NPS and fields of the CRM.
     *
     * @param window null for the default one
     * @param minCompleteness percentage of the weights below which the health is unknown
     * @param maxNpsWeight the most that the NPS may weigh
     * @param inputs {@code nps}, and attributes of accounts by name; their weights sum to 100
     */
    public record Composite(
            String window,
            Integer goodFrom,
            Integer poorBelow,
            Integer minCompleteness,
            Integer maxNpsWeight,
            Map<String, Input> inputs) {
        /** The input that is no attribute. */
        public static final String NPS = "nps";

        static final int MAX_NPS_WEIGHT = 25;

        public Composite {
            goodFrom = goodFrom == null ? 70 : goodFrom;
            poorBelow = poorBelow == null ? 40 : poorBelow;
            minCompleteness = minCompleteness == null ? 50 : minCompleteness;
            maxNpsWeight = maxNpsWeight == null ? MAX_NPS_WEIGHT : maxNpsWeight;
            inputs = ordered(inputs);
        }

        /** The inputs that are attributes. */
        public Set<String> fields() {
            Set<String> fields = new LinkedHashSet<>(inputs.keySet());
            fields.remove(NPS);
            return fields;
        }
    }

    /**
     * How one field counts.
     *
     * @param worst the number worth 0; at {@code best} it is worth 1, between them in proportion
     * @param values instead of a range of numbers: what each text is worth, 0 to 1, compared ignoring case
     */
    public record Input(Integer weight, BigDecimal worst, BigDecimal best, Map<String, BigDecimal> values) {
        public Input {
            values = values == null ? null : ordered(values);
        }
    }

    /** Which early warnings there are. */
    public record Warnings(
            Boolean droppedToPassive,
            Boolean droppedToDetractor,
            Boolean firstAnswerDetractor,
            Boolean accountFalling,
            Silence silence) {
        public Warnings {
            droppedToPassive = droppedToPassive == null || droppedToPassive;
            droppedToDetractor = droppedToDetractor == null || droppedToDetractor;
            firstAnswerDetractor = firstAnswerDetractor == null || firstAnswerDetractor;
            accountFalling = accountFalling == null || accountFalling;
            silence = silence == null ? new Silence(null, null) : silence;
        }
    }

    /** Someone of these roles, who answered before, has not for more than so many days; 0 never warns. */
    public record Silence(Integer afterDays, List<Role> roles) {
        public Silence {
            afterDays = afterDays == null ? 120 : afterDays;
            roles = roles == null ? List.of(Role.SPONSOR, Role.KEY_CONTACT) : List.copyOf(roles);
        }
    }

    /** Reached when a contact's or an account's count first comes to a number. */
    public record Milestone(Of of, Counts counts, Integer reach) {
        static final Map<String, Milestone> USUAL = new TreeMap<>(Map.of(
                "first_response", new Milestone(Of.CONTACT, Counts.RESPONSES, 1),
                "first_promoter", new Milestone(Of.CONTACT, Counts.PROMOTERS, 1),
                "five_promoters", new Milestone(Of.ACCOUNT, Counts.PROMOTERS, 5)));

        /** Whose count it is. */
        public enum Of {
            CONTACT,
            ACCOUNT
        }

        /** Answers; or promoters: a contact's answers of 9 or 10, or an account's people whose latest answer is one. */
        public enum Counts {
            RESPONSES,
            PROMOTERS
        }

        public Milestone {
            counts = counts == null ? Counts.RESPONSES : counts;
            reach = reach == null ? 1 : reach;
        }
    }

    public SignalSettings {
        roles = roles == null ? new Roles(null, null, null) : roles;
        relationship = relationship == null ? new Relationship(null, null, null, null, null) : relationship;
        named = named == null ? Map.of("service", Named.SERVICE) : ordered(named);
        warnings = warnings == null ? new Warnings(null, null, null, null, null) : warnings;
        milestones = milestones == null ? Milestone.USUAL : ordered(milestones);
        maxActAge = maxActAge == null ? Duration.ofDays(7) : maxActAge;
    }

    /** In the order of the file, so that equal files read equal. */
    private static <K, V> Map<K, V> ordered(Map<K, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
