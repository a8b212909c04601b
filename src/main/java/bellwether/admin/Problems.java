package bellwether.admin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a handler threw into the document that is answered; what nobody expected goes to the log with its stack. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    public ProblemDocument of(Throwable thrown, String path) {
        var document = ProblemDocument.of(thrown, path);
        if (document.status() == 500) {
            // The message may hold what a person wrote; the stack does not.
            var stack = new Throwable(thrown.getClass().getName());
            stack.setStackTrace(thrown.getStackTrace());
            LOG.error("{}: {}", path, document.detail(), stack);
        } else if (document.status() == 503) {
            LOG.warn("{}: {}: {} {}", path, document.code(), document.detail(), document.advice());
        }
        return document;
    }
}
