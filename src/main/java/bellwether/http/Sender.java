package bellwether.http;

import java.io.IOException;

/** The wire itself: one request out, one reply back; no limit, no retry, no judgement. */
public interface Sender {
    /**
     * Sends a request whose path is an absolute address and whose headers are complete.
     *
     * @throws IOException when there is no whole reply; {@link AnswerTooLarge} when it exceeds the cap
     */
    Reply ask(Request request) throws IOException;
}
