package bellwether.health;

import java.util.Locale;

/** Why an answer does not count. */
public enum Reason {
    EXCLUDED_IN_TOOL("excluded from calculations in the tool"),
    PARTIAL("not completed, and accept_partial of its connection asks for that"),
    UNDECLARED_SURVEY("its survey is not declared as an NPS survey"),
    OTHER_METRIC("not an answer to the NPS question"),
    UNSCORED("no score"),
    SUSPECTED_DUPLICATE("same person, survey and score shortly before, under another id"),
    HANDED_OVER("the same answer through the tool it was handed over to"),
    OUTSIDE_WINDOW("outside the window"),
    SUPERSEDED("a later answer of the same person counts");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** The name used in REST and the store, such as {@code excluded_in_tool}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The sentence shown to people. */
    public String text() {
        return text;
    }
}
