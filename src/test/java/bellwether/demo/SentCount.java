package bellwether.demo;

import bellwether.simulator.Sent;
import bellwether.simulator.Told;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** How many of those who were asked in six months answered, counted from what the simulator holds with plain loops. */
record SentCount(long sent, long bounced, long answered) {
    static SentCount of(Stage stage, Clock clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Instant read = today.minusMonths(6).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant from =
                today.minusMonths(6).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Sent> sent = stage.tool.simulator.sent();
        Set<String> answered = new HashSet<>();
        for (Told answer : stage.tool.simulator.told()) {
            boolean listed = answer.listed() == null || !answer.listed().isBefore(read);
            boolean ahead = answer.day() && answer.answered().isAfter(clock.instant());
            String send = answer.usable() && listed && !ahead ? send(stage, answer, sent) : null;
            if (send != null) {
                answered.add(send);
            }
        }
        List<Sent> recent =
                sent.stream().filter(one -> !one.sentAt().isBefore(from)).toList();
        return new SentCount(
                recent.size(),
                recent.stream().filter(one -> one.status().equals("bounced")).count(),
                recent.stream().filter(one -> answered.contains(one.id())).count());
    }

    /** The one that an answer belongs to, or null. */
    private static String send(Stage stage, Told answer, List<Sent> sent) {
        String person = person(stage, answer);
        String last = null;
        for (Sent one : sent) {
            // Only the tool's own list knows them by the ids of their answers.
            if (stage.tool.listsSends() && one.id().equals(answer.key())) {
                return one.id();
            }
            boolean same = Objects.equals(person(stage, one), person);
            boolean before = !one.sentAt().isAfter(answer.answered());
            boolean survey = answer.survey() == null
                    || one.survey() == null
                    || answer.survey().equals(one.survey());
            if (same && before && survey && person != null && !one.status().equals("bounced")) {
                last = one.id();
            }
        }
        return last;
    }

    private static String person(Stage stage, Told answer) {
        return stage.tool.filesPeople() || !stage.tool.knowsPeople()
                ? low(answer.person())
                : contact(stage, answer.email());
    }

    private static String person(Stage stage, Sent one) {
        return stage.tool.filesPeople() ? Integer.toString(one.endUserId()) : low(one.email());
    }

    /** Where answers name people by id and the file by address, they are the same only as a contact of the CRM. */
    private static String contact(Stage stage, String email) {
        long contacts = IntStream.range(0, stage.company.contactCount())
                .filter(i -> low(stage.company.contact(i).email()).equals(low(email)))
                .count();
        return contacts == 1 ? low(email) : null;
    }

    private static String low(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** As the demo says it. */
    String said() {
        return Text.count(sent) + " sent, " + Text.count(bounced) + " of them bounced; " + Text.count(answered)
                + " of the "
                + Text.count(sent - bounced)
                + " delivered";
    }
}
