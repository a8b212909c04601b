package bellwether.nps;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What a tool's score field turned out to be: a score, no score (yet), or something that is never rounded and never counted. */
public sealed interface Score {
    /** A valid score on its scale. */
    record Scored(int value) implements Score {}

    /** Null, absent or blank: stored and shown, not counted; a score that comes later is an edit. */
    record Unscored() implements Score {}

    /** A dead letter. The message repeats numbers but no free text, which could hold anything a person typed. */
    record Refused(String code, String message, String advice) implements Score {
        /** The same as a fault of the named step. */
        public Fault.Record fault(String step) {
            return new Fault.Record(step, code, message, advice);
        }
    }

    /** {@link #parse(Object, Scale)} on 0 to 10. */
    static Score parse(Object raw) {
        return parse(raw, Scale.ZERO_TO_TEN);
    }

    /**
     * Reads a score as tools send it: {@code 9}, {@code 9.0}, {@code "9"} and {@code " 9 "} are 9; null and blank text are unscored;
     * a number off the scale is {@code SCORE_OUT_OF_RANGE}; all else is {@code SCORE_NOT_INTEGER}.
     */
    static Score parse(Object raw, Scale scale) {
        if (raw == null || raw instanceof CharSequence text && text.toString().isBlank()) {
            return new Unscored();
        }
        Integer usual = Numbers.small(raw);
        if (usual != null && usual >= scale.min() && usual <= scale.max()) {
            return new Scored(usual);
        }
        BigDecimal number = Numbers.read(raw);
        if (number == null
                || number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
            return new Refused(
                    "SCORE_NOT_INTEGER",
                    "The score must be a whole number on the scale " + scale.label() + " and is "
                            + Numbers.kind(raw, number) + ".",
                    "Check which field is mapped to the score, or correct the answer in the tool and replay it.");
        }
        if (number.compareTo(BigDecimal.valueOf(scale.min())) < 0
                || number.compareTo(BigDecimal.valueOf(scale.max())) > 0) {
            return new Refused(
                    "SCORE_OUT_OF_RANGE",
                    "The score is " + Numbers.kind(raw, number) + " and the scale is " + scale.label() + ".",
                    "Check the scale declared for this survey, or correct the answer in the tool and replay it.");
        }
        return new Scored(number.intValueExact());
    }

    /** Reading numbers out of whatever a tool sends, without trusting its length. */
    final class Numbers {
        private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

        private Numbers() {}

        /** A whole number of one or two digits, as nearly all scores are; else null. */
        static Integer small(Object raw) {
            if (raw instanceof Integer number) {
                return number;
            }
            if (!(raw instanceof String text) || text.length() > 2) {
                return null;
            }
            int number = 0;
            for (int i = 0; i < text.length(); i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return null;
                }
                number = 10 * number + digit;
            }
            return number;
        }

        static BigDecimal read(Object raw) {
            if (raw instanceof Double || raw instanceof Float) {
                double value = ((Number) raw).doubleValue();
                return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
            }
            if (raw instanceof BigDecimal decimal) {
                return decimal;
            }
            if (raw instanceof Number || raw instanceof CharSequence) {
                String text = raw.toString().strip();
                return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
            }
            return null;
        }

        /** What to call a refused value without repeating it, unless it is a short number. */
        static String kind(Object raw, BigDecimal number) {
            if (number != null) {
                String text = number.toString();
                return text.length() <= 6 ? text : "a number of " + text.length() + " characters";
            }
            if (raw instanceof CharSequence text) {
                return "text of " + text.length() + " characters";
            }
            return raw instanceof Boolean || raw instanceof Number ? raw.toString() : "not a single value";
        }
    }
}
