package bellwether.nps;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The declared range of a survey's answers. Scores are stored on their own scale; nothing is stretched from one to another. */
public enum Scale {
    /** The NPS question. */
    ZERO_TO_TEN("0-10", 0, 10),
    /** An NPS question without a zero: mapped one to one and flagged, see {@link #noZero()}. */
    ONE_TO_TEN("1-10", 1, 10),
    /** Five stars, most CSAT surveys. */
    ONE_TO_FIVE("1-5", 1, 5),
    /** Most CES surveys. */
    ONE_TO_SEVEN("1-7", 1, 7);

    private final String label;
    private final int min;
    private final int max;

    Scale(String label, int min, int max) {
        this.label = label;
        this.min = min;
        this.max = max;
    }

    /** Reads {@code 0-10}, {@code 1-10}, {@code 1-5} or {@code 1-7}; anything else is refused. */
    public static Scale parse(String label) {
        for (Scale scale : values()) {
            if (scale.label.equals(label.strip())) {
                return scale;
            }
        }
        throw new IllegalArgumentException("'" + label + "' is not a scale: use "
                + Arrays.stream(values()).map(Scale::label).collect(Collectors.joining(", ")) + ".");
    }

    public String label() {
        return label;
    }

    public int min() {
        return min;
    }

    public int max() {
        return max;
    }

    /** True where a score has an NPS category. */
    public boolean categorised() {
        return max == 10;
    }

    /** True for an NPS question nobody can answer with 0, which is said beside its figures. */
    public boolean noZero() {
        return this == ONE_TO_TEN;
    }
}
