package bellwether.command;

import bellwether.daemon.Exit;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.source.Sample;
import bellwether.store.MatchTrial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code bellwether try} shows, and prints as JSON.
 *
 * @param rows of what was answered, or of a file
 * @param sends of who was asked, or null where nobody says so
 * @param directory false if there is no directory yet, so that nobody could be matched
 * @param fault what kept it from more rows, or null
 */
record Tried(String connection, boolean directory, List<Line> rows, List<Line> sends, Problem fault) {
    /** @param taken false if the tool's file leaves the record out */
    record Line(
            JsonNode record,
            boolean taken,
            Map<String, Sample.Cell> words,
            Problem fault,
            Person person,
            Matched match) {}

    record Problem(String code, String message, String advice) {
        static Problem of(Fault fault) {
            return fault == null ? null : new Problem(fault.code(), fault.message(), fault.advice());
        }
    }

    /** Who answered, as far as is known; everything but the id may be null. */
    record Person(String id, String email, String name, String phone, String externalId, String crmId) {}

    /** @param cause why nobody was found, or null */
    record Matched(String status, String cause, String contact, String name, String account, String accountName) {}

    /** @param trial null if there is no directory yet */
    static Line line(Sample.Line line, String source, MatchTrial trial) {
        Respondent who = line.person() != null || line.respondent() == null
                ? line.person()
                : new Respondent(source, line.respondent(), null, null, null, null, null, null, null);
        Person person = who == null
                ? null
                : new Person(who.id(), who.email(), who.name(), who.phone(), who.externalId(), who.crmId());
        return new Line(
                line.record(),
                line.taken(),
                line.words(),
                Problem.of(line.fault()),
                person,
                who == null || trial == null || line.fault() != null ? null : matched(trial.of(who)));
    }

    private static Matched matched(MatchTrial.Found found) {
        return new Matched(
                found.match().status().name().toLowerCase(Locale.ROOT),
                found.match().cause(),
                found.contact(),
                found.name(),
                found.account(),
                found.accountName());
    }

    /** How the command ends. */
    Exit exit() {
        if (fault != null) {
            return Exit.UNREACHABLE;
        }
        return Stream.concat(rows.stream(), sends == null ? Stream.of() : sends.stream())
                        .anyMatch(row -> row.fault() != null)
                ? Exit.PARTIAL
                : Exit.OK;
    }
}
