package bellwether.http;

import java.io.IOException;

/**
 * One call underway: the message body that travels through the routes {@code call} and {@code attempt}. It is mutable on purpose, so
 * that what an attempt learnt (a refused token) is still known when the route repeats it.
 */
public final class Call {
    private final Request request;
    private Request signed;
    private Token token;
    private boolean refused;
    private boolean renewed;
    private Reply reply;
    private IOException failure;
    private Answer answer;

    public Call(Request request) {
        this.request = request;
    }

    /** Still without an answer, so that the attempt goes round once more. */
    public boolean isOpen() {
        return answer == null;
    }

    public Request request() {
        return request;
    }

    public Answer answer() {
        return answer;
    }

    void signed(Request signed, Token token) {
        this.signed = signed;
        this.token = token;
        this.reply = null;
        this.failure = null;
        this.answer = null;
        this.refused = false;
    }

    Request signed() {
        return signed;
    }

    Token token() {
        return token;
    }

    void reply(Reply reply) {
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }

    void failure(IOException failure) {
        this.failure = failure;
    }

    IOException failure() {
        return failure;
    }

    /** The other side does not know the token or session (any more). */
    void refused() {
        this.refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    void answer(Answer answer) {
        this.answer = answer;
    }

    /** Whether a refused token may still be replaced; says so once per call. */
    boolean renew() {
        boolean first = !renewed;
        renewed = true;
        return first;
    }
}
