package bellwether.source;

import bellwether.nps.Fault;

/** The faults a puller finds itself. */
final class Faults {
    /** The code with which a caller reports that a single thing asked for does not exist. */
    static final String NOT_FOUND = "NOT_FOUND";

    /** Not a fault but a wait: an export is being prepared. */
    static final String EXPORT_RUNNING = "EXPORT_RUNNING";

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
                        + (position.boundary() == null
                                ? position.coveredUntil()
                                : position.boundary().at()) + ": reading on would lose rows, so it stops here.",
                "Ask the vendor for a way to read more rows of one instant, or read them from a file; then start a backfill after it.");
    }

    static Fault.Transient lost(Tool.Stream stream) {
        return new Fault.Transient(
                STEP,
                "NEXT_PAGE_MISSING",
                "An answer to " + stream.path() + " said that there is more, and not where.",
                "Compare the line 'paging' of the tool's file with the vendor's documentation.",
                null);
    }

    static Fault.Transient circle(Tool.Stream stream) {
        return new Fault.Transient(
                STEP,
                "PAGES_IN_CIRCLE",
                "A page of " + stream.path() + " led back to one read before, so the window is read again.",
                "Compare the line 'paging' of the tool's file with the vendor's documentation.",
                null);
    }

    static Fault.Transient barren(Tool.Stream stream) {
        return new Fault.Transient(
                STEP,
                "PAGES_EMPTY",
                "Many pages of " + stream.path() + " in a row were empty although each said that there is more.",
                "Compare the line 'paging' of the tool's file with the vendor's documentation.",
                null);
    }

    static Fault.Config unset(String path) {
        return new Fault.Config(
                STEP,
                "SETTING_MISSING",
                "The path " + path + " names a setting that is not set.",
                "Set it in the connection, or read what the tool's file says about it.");
    }

    static Fault.Transient working(String job) {
        return new Fault.Transient(
                STEP, EXPORT_RUNNING, "The tool prepares export " + job + ".", "Nothing is to be done.", null);
    }

    static Fault.Transient exportGone(String why) {
        return new Fault.Transient(
                STEP,
                "EXPORT_GONE",
                "An export " + why + ", so it is ordered again.",
                "If it stays so, ask the tool's vendor.",
                null);
    }

    /** True for what one survey may refuse without the others being refused. */
    static boolean ofParent(Fault fault) {
        return fault.code().equals(NOT_FOUND) || fault.code().equals("FORBIDDEN");
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
