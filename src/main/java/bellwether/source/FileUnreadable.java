package bellwether.source;

/** A file cannot be read at all; the message is a sentence for whoever made it. */
public final class FileUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    FileUnreadable(String sentence) {
        super(sentence);
    }
}
