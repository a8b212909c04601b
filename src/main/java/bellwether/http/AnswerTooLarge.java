package bellwether.http;

import java.io.IOException;

/** An answer exceeded {@link Net#maxAnswer()} and was not read to its end. */
public final class AnswerTooLarge extends IOException {
    private static final long serialVersionUID = 1;

    public AnswerTooLarge(int cap) {
        super("more than " + cap + " bytes");
    }
}
