package bellwether.kill;

/** Where a kill falls. */
enum Point {
    /** While pages are read: inside a request or between two. */
    PULL("Pull", "reading", "read "),
    /** Inside the transaction that takes what was read, its commit included. */
    ACCEPT("Inbox", "accepting", "accepted"),
    /** Inside the transaction that refreshes accounts. */
    REFRESH("Refresh", "refreshing", "refreshed"),
    /** From the claim of a batch to its settlement. */
    PUSH("Pusher", "claimed", "settled"),
    /** A push whose batch the CRM has committed and whose answer has not been read. */
    ANSWER(null, null, null),
    /** What is done once, committed by the CRM, its answer not read. */
    ACT(null, null, null),
    /** Anywhere else: starting, reading the directory, or at rest. */
    ELSEWHERE(null, null, null);

    private final String logger;
    private final String begins;
    private final String ends;

    Point(String logger, String begins, String ends) {
        this.logger = logger;
        this.begins = begins;
        this.ends = ends;
    }

    /** Whether this log line of a victim begins the step with something to do. */
    boolean beginsWith(String line) {
        return begins != null
                && said(line, begins)
                && line.contains(" " + logger + " ")
                && !line.contains("accepting 0 responses, 0 people");
    }

    boolean endsWith(String line) {
        return ends != null && said(line, ends) && line.contains(" " + logger);
    }

    /** The word stands at the beginning of the message, after the connection's name if there is one. */
    private static boolean said(String line, String word) {
        String[] parts = line.split(" ", 3);
        if (parts.length < 3) {
            return false;
        }
        String message = parts[2];
        int colon = message.indexOf(": ");
        return message.startsWith(word) || colon > 0 && message.startsWith(word, colon + 2);
    }
}
