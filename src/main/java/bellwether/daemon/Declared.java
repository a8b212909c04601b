package bellwether.daemon;

import bellwether.health.Definitions;
import bellwether.health.Rules;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.HealthSettings;
import bellwether.mapping.Settings;
import bellwether.mapping.ToolSettings;
import bellwether.match.Key;
import bellwether.nps.Metric;
import bellwether.source.Connection;
import bellwether.store.Surveys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
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

    /** What the surveys of each source ask, by all of its connections. */
    static Map<String, Surveys> surveys(Collection<Connection> tools) {
        Map<String, Surveys> declared = new LinkedHashMap<>();
        tools.forEach(tool -> declared.merge(tool.source(), surveys(tool.settings()), Declared::both));
        return declared;
    }

    private static Surveys surveys(ToolSettings tool) {
        Map<Metric, bellwether.mapping.Surveys> lists = new EnumMap<>(Metric.class);
        lists.put(Metric.NPS, tool.npsSurveys());
        lists.put(Metric.CSAT, tool.csatSurveys());
        lists.put(Metric.CES, tool.cesSurveys());
        Map<String, Metric> named = new LinkedHashMap<>();
        Metric others = null;
        for (var list : lists.entrySet()) {
            list.getValue().ids().forEach(id -> named.put(id, list.getKey()));
            others = list.getValue().all() ? list.getKey() : others;
        }
        return new Surveys(named, others);
    }

    private static Surveys both(Surveys one, Surveys other) {
        Map<String, Metric> named = new LinkedHashMap<>(one.named());
        named.putAll(other.named());
        return new Surveys(named, one.others() == null ? other.others() : one.others());
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
