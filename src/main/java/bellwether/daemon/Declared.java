package bellwether.daemon;

import bellwether.health.Definitions;
import bellwether.health.Rules;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.HealthSettings;
import bellwether.mapping.Settings;
import bellwether.match.Key;
import bellwether.nps.Metric;
import bellwether.source.Connection;
import bellwether.store.Surveys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the admin's settings into what matching, counting and judging need to know. */
public final class Declared {
    /** By what a person is looked for, in this order. */
    public static List<Key> keys(HealthSettings health) {
        return health.match().stream()
                .map(key -> switch (key) {
                    case "crm_id" -> Key.CRM_ID;
                    case "person_id" -> Key.PERSON;
                    default -> Key.EMAIL;
                })
                .toList();
    }

    static Surveys surveys(Connection tool) {
        Map<String, Metric> named = new LinkedHashMap<>();
        Metric others = null;
        for (var entry : Map.of(
                        Metric.CES, tool.settings().cesSurveys(),
                        Metric.CSAT, tool.settings().csatSurveys(),
                        Metric.NPS, tool.settings().npsSurveys())
                .entrySet()) {
            entry.getValue().ids().forEach(id -> named.put(id, entry.getKey()));
            others = entry.getValue().all() ? entry.getKey() : others;
        }
        return new Surveys(named, others);
    }

    /** How answers are counted and judged. */
    public static Rules rules(Settings settings) {
        return Rules.of(settings.health(), settings.zone(), followed(settings), settings.acceptPartial());
    }

    /** Of each source that follows another: the first one of its line. */
    private static Map<String, String> followed(Settings settings) {
        Map<String, String> first = new TreeMap<>(settings.follows());
        first.replaceAll((source, before) -> {
            String root = before;
            while (settings.follows().containsKey(root)) {
                root = settings.follows().get(root);
            }
            return root;
        });
        return first;
    }

    /** Equal as long as the same ledger means the same to everyone. */
    static String fingerprint(Rules rules, Settings settings, Map<String, CrmMapping> mappings) {
        List<Object> parts = new ArrayList<>(List.of(
                rules.windows(),
                rules.zone().getId(),
                rules.minNFlag(),
                rules.attributeBy().name(),
                Definitions.of(rules)));
        mappings.forEach((name, mapping) ->
                parts.add(name + mapping.push() + settings.crms().get(name).windowsInCrm()));
        return Integer.toHexString(parts.toString().hashCode());
    }

    private Declared() {}
}
