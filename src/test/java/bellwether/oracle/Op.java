package bellwether.oracle;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What happened in the world, in the order in which it became known; each is told in one piece. */
public sealed interface Op {
    /** It is that late now. */
    record Clock(Instant now) implements Op {}

    /** The directory has been read to its end for the first time. */
    record DirectoryRead() implements Op {}

    /** From when on a source's answers are read. */
    record Since(String source, Instant since) implements Op {}

    record Accounts(List<Account> page) implements Op {}

    record Contacts(List<Contact> page) implements Op {}

    record Delivery(String source, List<Person> people, List<Copy> copies) implements Op {}

    /** The tool holds no answer of this very instant any more. */
    record Gone(String source, Instant at) implements Op {}

    /** A survey is declared to ask something else, or nothing known if the metric is null. */
    record Declared(String source, String survey, String metric) implements Op {}

    /**
     * It is that late now, later than anybody has looked, and from here on this says what becomes of a source's answers that are not
     * completed; null if they count like any other.
     */
    record Waits(Instant now, String source, String rule) implements Op {}

    /** It is that late now, later than anybody has looked, and from here on this is the composite health; null for none. */
    record Weighed(Instant now, Law.Composite rule) implements Op {}

    /** Something that must change nothing: a restart, a crash, a page that comes again. */
    record Trouble(String what) implements Op {}

    /**
     * @param revenue null if not known
     * @param fields what else the CRM knows of it; values may be null
     */
    record Account(
            String id, String zone, String revenue, boolean churned, boolean deleted, Map<String, String> fields) {}

    /** @param mergedInto into which other one a deleted contact was merged; else null */
    record Contact(String id, String account, String role, List<String> emails, boolean deleted, String mergedInto) {}

    record Person(String id, String email, String crmId) {}

    /**
     * What a tool says of an answer.
     *
     * @param told any of survey, person, metric, score, comment, at, created, updated, excluded and completed; null clears
     */
    record Copy(String id, Map<String, Object> told) {}
}
