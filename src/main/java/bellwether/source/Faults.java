package bellwether.source;

import bellwether.nps.Fault;

/** The faults a puller finds itself. */
final class Faults {
    /** The code with which a caller reports that a single thing asked for does not exist. */
    static final String NOT_FOUND = "NOT_FOUND";

    private static final String STEP = "pull";
    private static final String ORDER =
            "If it stays so, compare the lines 'query' and 'cursor' of the tool's file with the vendor's documentation.";

    private Faults() {}

    static Fault.Transient resting() {
        return new Fault.Transient(
                STEP, "NOT_YET", "The tool asked for a pause that is not over.", "Nothing is to be done.", null);
    }

    static Fault.Transient notAList(String path) {
        return new Fault.Transient(
                STEP,
                "ANSWER_NOT_A_LIST",
                "The answer to " + path + " is not the list that is declared; it was not taken for an empty page.",
                "See that base_url is the address of the API; a maintenance page of the tool passes by itself.",
                null);
    }

    static Fault.Transient notARecord(String path) {
        return new Fault.Transient(
                STEP,
                "ANSWER_NOT_A_RECORD",
                "The answer to " + path + " is not a JSON object.",
                "See that base_url is the address of the API; a maintenance page of the tool passes by itself.",
                null);
    }

    static Fault.Transient outside(Tool.Stream stream) {
        return new Fault.Transient(
                STEP,
                "ROW_OUTSIDE_WINDOW",
                "A page of " + stream.path() + " held rows outside the time asked for, so the window is read again.",
                ORDER,
                null);
    }

    static Fault.Transient disordered(Tool.Stream stream) {
        return new Fault.Transient(
                STEP,
                "ROWS_OUT_OF_ORDER",
                "A page of " + stream.path() + " was not in ascending order, so the window is read again.",
                ORDER,
                null);
    }

    static Fault.Transient repeated(Tool.Stream stream) {
        return new Fault.Transient(
                STEP,
                "PAGE_REPEATED",
                "A page of " + stream.path()
                        + " held nothing but rows of the page before, so the window is read again.",
                ORDER,
                null);
    }

    static Fault.Config stuck(Tool.Stream stream, Position position) {
        return new Fault.Config(
                STEP,
                "WINDOW_STUCK",
                "All pages of " + stream.path() + " that the tool answers lie at one instant, "
                        + position.coveredUntil() + ": reading on would lose rows, so it stops here.",
                "Ask the vendor for a way to read more rows of one instant, or read them from a file; then start a backfill after it.");
    }

    static Fault.Config lasting(Fault.Transient fault) {
        return new Fault.Config(
                STEP, fault.code(), fault.message() + " It stayed so when asked again.", fault.advice());
    }

    /** A fault that stops a whole list needs a person, whatever its kind would mean for a single record. */
    static Fault.Config stopping(Fault fault) {
        return fault instanceof Fault.Config config
                ? config
                : new Fault.Config(STEP, fault.code(), fault.message(), fault.advice());
    }
}
