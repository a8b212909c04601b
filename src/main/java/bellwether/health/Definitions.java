package bellwether.health;

import bellwether.mapping.SignalSettings;
import bellwether.mapping.SignalSettings.Warnings;
import java.util.Map;
import java.util.TreeMap;

/** How each rule of events reads, by its name: what decides whether it speaks, and nothing else. */
public final class Definitions {
    private static final String ON = "on";

    public static Map<String, String> of(Rules rules) {
        SignalSettings signals = rules.signals();
        String counting = rules.policy().label() + " " + rules.duplicateWithin() + " " + rules.countNoScore()
                + (rules.followed().isEmpty() ? "" : " " + new TreeMap<>(rules.followed()))
                + (rules.acceptPartial().isEmpty() ? "" : " " + new TreeMap<>(rules.acceptPartial()));
        Map<String, String> definitions = new TreeMap<>();
        definitions.put(PersonEvents.MOVE, ON);
        definitions.put(
                "relationship_health",
                signals.relationship() + " " + signals.roles() + " "
                        + rules.judgedOver().get("relationship") + " " + counting);
        signals.named()
                .forEach((name, named) -> definitions.put(
                        name + "_health", named + " " + rules.judgedOver().get(name) + " " + counting));
        if (signals.composite() != null) {
            definitions.put(
                    "composite_health",
                    signals.composite() + " " + rules.judgedOver().get("composite") + " " + counting);
        }
        warnings(signals.warnings(), rules, counting, definitions);
        signals.milestones().forEach((name, milestone) -> definitions.put(name, milestone.toString()));
        return definitions;
    }

    private static void warnings(Warnings warnings, Rules rules, String counting, Map<String, String> definitions) {
        if (warnings.droppedToPassive()) {
            definitions.put("dropped_to_passive", ON);
        }
        if (warnings.droppedToDetractor()) {
            definitions.put("dropped_to_detractor", ON);
        }
        if (warnings.firstAnswerDetractor()) {
            definitions.put("first_answer_detractor", ON);
        }
        if (warnings.accountFalling()) {
            definitions.put(Warning.FALLING, rules.minNFlag() + " " + counting);
        }
        if (warnings.silence().afterDays() > 0) {
            definitions.put(
                    Warning.SILENCE, warnings.silence() + " " + rules.signals().roles());
        }
    }

    private Definitions() {}
}
