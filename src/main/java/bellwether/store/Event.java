package bellwether.store;

import java.time.Instant;
import java.util.List;

/**
 * Something that happened once, with the reason in words that hold no age.
 *
 * @param key unique for ever: the rule, and the subject or response or transition that caused it; never the rule's version
 * @param alike keys of the same as answers may have told it that repeat the one that caused it: once it was told so, it is not told again
 * @param rule the rule's name in {@code config/health.yaml}, such as {@code dropped_to_detractor}
 * @param kind {@code warning}, {@code milestone} or {@code transition}
 * @param subjectKind {@code contact}, or {@code account}, also where the person is not known as one contact
 * @param subject our key of the contact or account
 * @param response our key of the response that caused it, or null
 * @param value what it became, such as {@code promoter_to_detractor}
 * @param at when it happened: the time of the answer, or the local midnight from which it was so
 */
public record Event(
        String key,
        List<String> alike,
        String rule,
        String kind,
        String subjectKind,
        long subject,
        Long response,
        String value,
        String reason,
        Instant at) {
    /** Something that nothing else can have told already. */
    public Event(
            String key,
            String rule,
            String kind,
            String subjectKind,
            long subject,
            Long response,
            String value,
            String reason,
            Instant at) {
        this(key, List.of(), rule, kind, subjectKind, subject, response, value, reason, at);
    }
}
