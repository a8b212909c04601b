package bellwether.nps;

/** Carries a {@link Fault} to whoever handles it; used where a value cannot be returned. */
public final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Fault fault;

    public FaultException(Fault fault) {
        this(fault, null);
    }

    public FaultException(Fault fault, Throwable cause) {
        super(fault.code() + ": " + fault.message() + " " + fault.advice(), cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
