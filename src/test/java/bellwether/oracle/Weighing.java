package bellwether.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The naive recomputation of the composite health: what is known is weighed, what is not is left out and the rest weighs 100.
 *
 * @param score to one decimal; null if nothing is known
 * @param known percentage of the weights
 * @param health good, average, poor or unknown, and why
 */
record Weighing(BigDecimal score, int known, String health) {
    static Weighing of(Law.Composite rule, Naive.Count count, Map<String, String> fields) {
        // the sum of weight * worth as one fraction, so that it is rounded once
        BigDecimal top = BigDecimal.ZERO;
        BigDecimal below = BigDecimal.ONE;
        int known = 0;
        List<String> missing = new ArrayList<>();
        for (Law.Input input : rule.inputs()) {
            BigDecimal[] worth = input.name().equals("nps") ? worth(count) : worth(input, fields.get(input.name()));
            if (worth == null) {
                missing.add(input.name());
                continue;
            }
            known += input.weight();
            top = top.multiply(worth[1])
                    .add(number(input.weight()).multiply(worth[0]).multiply(below));
            below = below.multiply(worth[1]);
        }
        String left = "; missing: " + String.join(", ", missing);
        if (known == 0) {
            return new Weighing(null, 0, "Unknown: 0 % of the weight is known" + left);
        }
        top = top.multiply(number(100));
        below = below.multiply(number(known));
        BigDecimal score = top.divide(below, 1, RoundingMode.HALF_UP);
        if (known < rule.least()) {
            return new Weighing(score, known, "Unknown: " + known + " % of the weight is known" + left);
        }
        String health = top.compareTo(below.multiply(number(rule.poor()))) < 0
                ? "Poor: "
                : top.compareTo(below.multiply(number(rule.good()))) < 0 ? "Average: " : "Good: ";
        return new Weighing(
                score,
                known,
                health + score.toPlainString() + " of 100"
                        + (missing.isEmpty() ? "" : " from " + known + " % of the weight" + left));
    }

    /** An NPS of -100 is worth 0, one of 100 is worth 1: above and below the line of a fraction, null if it is not known. */
    private static BigDecimal[] worth(Naive.Count count) {
        int points = count.promoters() - count.detractors();
        return count.n() == 0 ? null : new BigDecimal[] {number(points + count.n()), number(2 * count.n())};
    }

    private static BigDecimal[] worth(Law.Input input, String said) {
        String text = said == null ? "" : said.strip();
        if (input.values() != null) {
            for (Map.Entry<String, String> value : input.values().entrySet()) {
                if (value.getKey().equalsIgnoreCase(text)) {
                    return new BigDecimal[] {new BigDecimal(value.getValue()), BigDecimal.ONE};
                }
            }
            return null;
        }
        if (!text.matches("[-+]?[0-9]+([.][0-9]+)?")) {
            return null;
        }
        BigDecimal worst = new BigDecimal(input.worst());
        BigDecimal range = new BigDecimal(input.best()).subtract(worst);
        BigDecimal sign = number(range.signum());
        BigDecimal above = new BigDecimal(text).subtract(worst).multiply(sign);
        return new BigDecimal[] {above.max(BigDecimal.ZERO).min(range.abs()), range.abs()};
    }

    private static BigDecimal number(long number) {
        return BigDecimal.valueOf(number);
    }
}
