package bellwether.mapping;

/** The closed list of ways in which a value of a tool becomes one of ours. */
public enum Conversion {
    /** Text, or a number or boolean as text; blank is no value. */
    TEXT,
    /** Text; of several addresses parted by {@code ;} or {@code ,} the first. */
    EMAIL,
    /** Text up to 32,768 characters, the longest a CRM field takes; what is longer is cut and says so at its end. */
    COMMENT,
    /** A whole number. */
    INTEGER,
    /** What a survey asks for: nps, csat, ces; any other word is other. */
    METRIC,
    /** A whole number on the scale of the rule, from 0 to 10 unless told; {@code 9}, {@code 9.0}, {@code "9"} and {@code " 9 "} are 9; null and blank are no score. */
    SCORE,
    /** true or false, also as text or 0 and 1. */
    BOOLEAN,
    /** An instant in one of the formats declared, tried in order. */
    INSTANT,
    /** A list of texts. */
    TAGS,
    /** Names with texts; what is nested stays JSON. */
    MAP
}
