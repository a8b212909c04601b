package bellwether.health;

import bellwether.mapping.SignalSettings;
import bellwether.mapping.SignalSettings.Input;
import bellwether.nps.Fraction;
import bellwether.nps.Nps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A score of the NPS and fields of the CRM, each worth 0 to 1 and weighed. A missing input is left out and the rest weighs 100.
 *
 * @param score 0 to 100, exact; null if no input is known
 * @param completeness percentage of the weights whose input is known
 */
public record Composite(Fraction score, int completeness, Health health, String reason) {
    private static final Fraction ONE = Fraction.of(1, 1);
    private static final Fraction NONE = Fraction.of(0, 1);

    /**
     * @param nps of the rule's window; null without answers
     * @param attributes of the account by name, as the CRM wrote them
     */
    public static Composite of(SignalSettings.Composite rule, Nps nps, Map<String, String> attributes) {
        Fraction sum = NONE;
        int known = 0;
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Input> input : rule.inputs().entrySet()) {
            boolean isNps = input.getKey().equals(SignalSettings.Composite.NPS);
            Fraction worth = isNps ? worth(nps) : worth(input.getValue(), attributes.get(input.getKey()));
            int weight = input.getValue().weight();
            if (worth == null) {
                missing.add(input.getKey());
            } else {
                known += weight;
                sum = sum.plus(worth.times(Fraction.of(weight, 1)));
            }
        }
        Fraction score = known == 0 ? null : sum.over(Fraction.of(known, 100));
        if (score == null || known < rule.minCompleteness()) {
            return new Composite(
                    score, known, Health.UNKNOWN, known + " % of the weight is known; missing: " + names(missing));
        }
        Health health = score.compareTo(Fraction.of(rule.poorBelow(), 1)) < 0
                ? Health.POOR
                : score.compareTo(Fraction.of(rule.goodFrom(), 1)) < 0 ? Health.AVERAGE : Health.GOOD;
        String of = score.rounded(1).toPlainString() + " of 100";
        return new Composite(
                score,
                known,
                health,
                missing.isEmpty() ? of : of + " from " + known + " % of the weight; missing: " + names(missing));
    }

    private static String names(List<String> missing) {
        return String.join(", ", missing);
    }

    private static Fraction worth(Nps nps) {
        return nps == null ? null : nps.points().plus(Fraction.of(100, 1)).over(Fraction.of(200, 1));
    }

    /** Null if the field is empty or says nothing of what the rule knows. */
    private static Fraction worth(Input input, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (input.values() != null) {
            return input.values().entrySet().stream()
                    .filter(value -> value.getKey().equalsIgnoreCase(text.strip()))
                    .map(value -> Fraction.of(value.getValue()))
                    .findFirst()
                    .orElse(null);
        }
        BigDecimal number = number(text.strip());
        if (number == null) {
            return null;
        }
        Fraction worth = Fraction.of(number.subtract(input.worst()))
                .over(Fraction.of(input.best().subtract(input.worst())));
        return worth.signum() < 0 ? NONE : worth.compareTo(ONE) > 0 ? ONE : worth;
    }

    private static BigDecimal number(String text) {
        // An exponent could stand for a number of a billion digits.
        return text.matches("[+-]?\\d{1,18}(\\.\\d{1,18})?") ? new BigDecimal(text) : null;
    }
}
