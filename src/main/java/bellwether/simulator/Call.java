package bellwether.simulator;

/**
 * A call to a simulator, as its listeners see it: once when it arrives ({@code status} 0) and once when what it asks for is done
 * and the answer is about to be sent. {@code endpoint} is the name the call is counted under, e.g. {@code PATCH /composite/sobjects}.
 */
public record Call(long number, Phase phase, String method, String path, String query, String endpoint, int status) {
    /** How far a call has come. */
    public enum Phase {
        ARRIVED,
        COMMITTED
    }
}
