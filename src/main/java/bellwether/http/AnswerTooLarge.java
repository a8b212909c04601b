package bellwether.http;

import java.io.IOException;

/** An answer exceeded {@link Net#maxAnswer()} or, for a file, {@link Net#MAX_FILE} and was not read to its end. */
public final class AnswerTooLarge extends IOException {
    private static final long serialVersionUID = 1;

    public AnswerTooLarge(long cap) {
        super("more than " + cap + " bytes");
    }
}
