package bellwether;

import bellwether.health.Rules;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.HealthSettings;
import bellwether.mapping.Settings;
import bellwether.match.Key;
import bellwether.nps.Metric;
import bellwether.nps.Window;
import bellwether.source.Connection;
import bellwether.store.Surveys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns the admin's settings into what matching, counting and judging need to know. */
final class Declared {
    /** No view by person or team exists yet that could hide a score. */
    private static final int MIN_N_HIDE = 3;

    static List<Key> keys(HealthSettings health) {
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

    static Rules rules(Settings settings) {
        HealthSettings health = settings.health();
        Set<String> roles = new HashSet<>(health.relationship().keyRoles());
        Set<String> sponsors = roles.stream()
                .filter(r -> r.toLowerCase(Locale.ROOT).contains("sponsor"))
                .collect(Collectors.toSet());
        roles.removeAll(sponsors);
        return new Rules(
                health.windows().get(0),
                health.windows(),
                health.policy(),
                settings.zone(),
                health.minNFlag(),
                MIN_N_HIDE,
                health.relationship().goodFrom(),
                health.relationship().poorBelow(),
                health.relationship().unknownAfterDays(),
                sponsors,
                roles,
                false,
                health.suspectedDuplicates().count()
                        ? Duration.ZERO
                        : health.suspectedDuplicates().within(),
                health.attributeBy());
    }

    /** Equal as long as the same ledger means the same to everyone. */
    static String fingerprint(Rules rules, Settings settings, Map<String, CrmMapping> mappings) {
        List<Object> parts = new ArrayList<>(List.of(
                rules.windows().stream().map(Window::name).toList(),
                rules.policy().label(),
                rules.zone().getId(),
                List.of(rules.minNFlag(), rules.good(), rules.poor(), rules.unknownAfterDays()),
                new TreeSet<>(rules.sponsors()),
                new TreeSet<>(rules.keyContacts()),
                rules.duplicateWithin(),
                rules.attributeBy().name()));
        mappings.forEach((name, mapping) ->
                parts.add(name + mapping.push() + settings.crms().get(name).windowsInCrm()));
        return Integer.toHexString(parts.toString().hashCode());
    }

    private Declared() {}
}
