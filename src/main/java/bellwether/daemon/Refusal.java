package bellwether.daemon;

/** Ends a command, or a start, with a message for people. */
public final class Refusal extends IllegalStateException {
    private static final long serialVersionUID = 1;
    private final Exit exit;

    public Refusal(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    /** How the command ends. */
    public Exit exit() {
        return exit;
    }
}
