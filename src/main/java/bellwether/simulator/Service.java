package bellwether.simulator;

/** What a simulator does behind its HTTP face. */
interface Service {
    /** Does what the request asks. Called by several threads at once. */
    Answer answer(Request request);

    /** The name the request is counted under. */
    String endpoint(Request request);

    /** The body of an error answer in the manner of the vendor. */
    Object error(int status);

    /** Answers a request under {@code /__simulator/} that only this simulator knows, or null. */
    Answer control(Request request, String what);
}
