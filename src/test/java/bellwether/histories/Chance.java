package bellwether.histories;

import bellwether.oracle.Law;
import bellwether.oracle.Op;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What happens next, by chance, with a liking for edges: ties, midnights, moved clocks, ends of months, half hours. */
final class Chance {
    private static final String[] DAYS = {
        "2026-03-08",
        "2026-03-29",
        "2026-04-24",
        "2026-08-29",
        "2026-10-30",
        "2026-11-01",
        "2026-12-31",
        "2028-02-27",
        "2027-08-31"
    };
    private static final Integer[] AGES = {
        0, 1, 6, 7, 28, 29, 30, 31, 59, 89, 90, 91, 179, 180, 181, 182, 184, 185, 365, 366
    };
    private static final String[] REVENUES = {null, "0", "-100", "20000", "80000.50", "100000"};
    private static final Map<String, String[]> FIELDS = new TreeMap<>(Map.of(
            "usage", new String[] {null, "0", "50", "100", "140", "-5", " 33.3 ", "1e5", "lots", ""},
            "seats", new String[] {null, "1", "2", "3", "7.25"},
            "plan", new String[] {null, "team", "ENTERPRISE", " free ", "gold"}));
    private static final String[] ROLES = {null, "End User", "Sponsor", " SPONSOR ", "Key Contact"};

    final Law law;
    Instant now;
    private final Random random;
    private final RandomRules rules;
    private Op after;
    private int made;
    private final Map<String, Op.Account> accounts = new TreeMap<>();
    private final Map<String, Op.Contact> contacts = new TreeMap<>();
    private final Map<String, Op.Person> people = new TreeMap<>();
    private final Map<String, Map<String, Object>> answers = new TreeMap<>();

    Chance(Random random) {
        this.random = random;
        this.rules = new RandomRules(random);
        this.law = rules.law();
        this.now =
                LocalDate.parse(any(DAYS)).atStartOfDay(law.zone()).toInstant().plusSeconds(random.nextInt(86_400));
    }

    /** How a life begins: a few people, with or without a directory read. */
    List<Op> start() {
        List<Op> ops = new ArrayList<>();
        ops.add(new Op.Clock(now));
        if (odds(80)) {
            ops.add(since());
        }
        if (odds(60)) {
            ops.add(new Op.Weighed(now, rules.weighed()));
        }
        ops.add(accounts(3));
        ops.add(contacts(4));
        if (odds(70)) {
            ops.add(new Op.DirectoryRead());
        }
        ops.add(delivery());
        return ops;
    }

    Op next() {
        if (after != null) {
            Op op = after;
            after = null;
            return op;
        }
        int dice = random.nextInt(100);
        return dice < 40
                ? delivery()
                : dice < 60 ? clock() : dice < 80 ? contacts(1 + random.nextInt(3)) : dice < 85 ? merged() : rare(dice);
    }

    private Op rare(int dice) {
        return dice < 91
                ? accounts(1)
                : dice < 92 ? waits() : dice < 95 ? gone() : dice < 97 ? ruled() : dice < 98 ? declared() : since();
    }

    /** In a life that knows of no answers to wait for, nothing. */
    private Op waits() {
        if (law.partial().isEmpty()) {
            return accounts(1);
        }
        now = now.plusMillis(1);
        return new Op.Waits(now, any(Replay.SOURCES), any(new String[] {"after_12h", "completed_only", null}));
    }

    private Op ruled() {
        now = now.plusMillis(1);
        return new Op.Weighed(now, odds(30) ? null : rules.weighed());
    }

    /** What a tool loses is found missing by reads that begin after it was received. */
    private Op gone() {
        if (!answers.isEmpty()) {
            String key = any(List.copyOf(answers.keySet()));
            after = new Op.Gone(key.substring(0, key.indexOf(':')), at(answers.get(key)));
        }
        now = now.plusMillis(1);
        return new Op.Clock(now);
    }

    private Op declared() {
        return new Op.Declared(any(Replay.SOURCES), any(new String[] {"31", "32", "99"}), any(new String[] {
            "NPS", "NPS", "CSAT", "CES", null
        }));
    }

    private Op clock() {
        ZoneId zone = zone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        Instant later =
                switch (random.nextInt(law.partial().isEmpty() ? 9 : 13)) {
                    case 0 -> now.plusSeconds(random.nextInt(120));
                    case 1 -> now.plusSeconds(60L * (10 + random.nextInt(60)));
                    case 2 -> now.plusSeconds(86_400L * (20 + random.nextInt(20)));
                    case 3 -> now.plusSeconds(86_400L * (80 + random.nextInt(120)));
                    case 9, 10, 11, 12 -> waited();
                    case 4, 5 -> midnight(today.plusDays(1 + random.nextInt(3)), zone);
                    default -> edge(zone);
                };
        now = later.isAfter(now) ? later : midnight(today.plusDays(1), zone);
        return new Op.Clock(now);
    }

    /** The instant at which some answer that is not completed has waited for half a day, or the one before it. */
    private Instant waited() {
        List<Instant> ends = answers.values().stream()
                .filter(told -> Boolean.FALSE.equals(told.get("completed")))
                .map(told -> at(told).plusSeconds(43_200))
                .filter(end -> end.isAfter(now))
                .toList();
        return ends.isEmpty() ? now.plusSeconds(43_200) : any(ends).minusMillis(odds(40) ? 1 : 0);
    }

    /** The midnight at which some answer enters or leaves some window, or becomes too old. */
    private Instant edge(ZoneId zone) {
        if (answers.isEmpty()) {
            return now;
        }
        LocalDate date = LocalDate.ofInstant(at(any(List.copyOf(answers.values()))), zone);
        return midnight(
                odds(50)
                        ? date.plusMonths(any(new Integer[] {1, 6, 12})).plusDays(random.nextInt(2))
                        : date.plusDays(any(new Integer[] {7, 30, 31, 32, 90, 180, 181})),
                zone);
    }

    private Instant midnight(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant().minusMillis(odds(20) ? 1 : 0);
    }

    private static Instant at(Map<String, Object> told) {
        return (Instant) told.get(told.get("at") == null ? "created" : "at");
    }

    private Op since() {
        Instant midnight = LocalDate.ofInstant(now, law.zone())
                .minusMonths(random.nextInt(8))
                .atStartOfDay(law.zone())
                .toInstant();
        return new Op.Since(any(Replay.SOURCES), midnight);
    }

    private Op accounts(int count) {
        Map<String, Op.Account> page = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String id = "A" + random.nextInt(4);
            String zone = odds(60) ? null : odds(90) ? any(RandomRules.ZONES) : Law.NO_ZONE;
            page.put(id, new Op.Account(id, zone, any(REVENUES), odds(10), odds(10), fields()));
        }
        accounts.putAll(page);
        return new Op.Accounts(List.copyOf(page.values()));
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        FIELDS.forEach((name, values) -> fields.put(name, odds(60) ? any(values) : null));
        return fields;
    }

    /** One contact is merged into another one, if there are two. */
    private Op merged() {
        List<Op.Contact> live = new ArrayList<>(
                contacts.values().stream().filter(contact -> !contact.deleted()).toList());
        if (live.size() < 2) {
            return contacts(2);
        }
        Collections.shuffle(live, random);
        Op.Contact loser = live.get(0);
        Op.Contact gone = new Op.Contact(
                loser.id(),
                loser.account(),
                loser.role(),
                loser.emails(),
                true,
                live.get(1).id());
        contacts.put(gone.id(), gone);
        return new Op.Contacts(List.of(gone));
    }

    private Op contacts(int count) {
        Map<String, Op.Contact> page = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String id = "C" + random.nextInt(7);
            Op.Contact known = contacts.get(id);
            boolean fresh = known == null;
            Set<String> emails = new LinkedHashSet<>(fresh ? List.of() : known.emails());
            if (fresh || odds(30)) {
                emails.clear();
                emails.add(email());
                if (odds(30)) {
                    emails.add(email());
                }
            }
            boolean deleted = odds(fresh ? 5 : 20);
            page.put(
                    id,
                    new Op.Contact(
                            id,
                            fresh || odds(40) ? home() : known.account(),
                            fresh || odds(30) ? any(ROLES) : known.role(),
                            List.copyOf(emails),
                            deleted,
                            deleted && !fresh && known.deleted() ? known.mergedInto() : null));
        }
        contacts.putAll(page);
        return new Op.Contacts(List.copyOf(page.values()));
    }

    private String home() {
        return odds(15) ? null : any(List.copyOf(accounts.keySet()));
    }

    private String email() {
        return "p" + random.nextInt(6) + "@acme.test";
    }

    Op.Delivery delivery() {
        String source = any(Replay.SOURCES);
        List<Op.Person> told = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            told.add(person(source));
        }
        Map<String, Op.Copy> copies = new TreeMap<>();
        for (int i = odds(5) ? 30 : 1 + random.nextInt(4); i > 0; i--) {
            Op.Copy copy = odds(30) ? edit(source) : answer(source);
            if (copy != null) {
                copies.putIfAbsent(copy.id(), copy);
            }
        }
        if (odds(8)) {
            fall().forEach(copy -> copies.put(copy.id(), copy));
        }
        copies.forEach((id, copy) -> answers.computeIfAbsent(source + ":" + id, key -> new HashMap<>())
                .putAll(copy.told()));
        return new Op.Delivery(source, told, List.copyOf(copies.values()));
    }

    private Op.Person person(String source) {
        String id = "u" + random.nextInt(5);
        Op.Person known = people.get(source + id);
        String email = known != null && odds(60)
                ? known.email()
                : odds(10) ? null : odds(70) ? email() : " " + email().toUpperCase() + " ";
        Op.Person person = new Op.Person(id, email, odds(20) ? "C" + random.nextInt(7) : null);
        people.put(source + id, person);
        return person;
    }

    private Op.Copy answer(String source) {
        Map<String, Object> told = new HashMap<>();
        told.put("person", odds(97) ? "u" + random.nextInt(5) : null);
        told.put("survey", odds(60) ? "31" : odds(40) ? "32" : any(new String[] {"77", "77", "78", "99", null}));
        told.put("score", odds(90) ? (Integer) random.nextInt(11) : null);
        told.put("comment", odds(40) ? "word " + random.nextInt(100) : null);
        if (told.get("survey") == null) {
            told.put("metric", any(new String[] {"NPS", "CSAT", "CES", null}));
        }
        Instant at = when();
        if (!answers.isEmpty() && odds(35)) {
            // close to another answer, often a likely duplicate of it
            Map<String, Object> other = any(List.copyOf(answers.values()));
            at = at(other)
                    .plusMillis(any(
                            new Integer[] {0, 0, 1, 600_000, 1_799_999, 1_800_000, 1_800_001, 2_400_000, -1_800_000}));
            if (odds(80)) {
                List.of("person", "survey", "score").forEach(field -> told.put(field, other.get(field)));
            }
        }
        at = at.isAfter(now.plusSeconds(300)) ? now : at;
        told.put(odds(95) ? "at" : "created", at);
        if (odds(80)) {
            told.put("updated", at.plusSeconds(60L * random.nextInt(3)));
        }
        if (odds(8)) {
            told.put("excluded", true);
        }
        if (odds(60)) {
            told.put("completed", any(new Boolean[] {false, false, true, null}));
        }
        return new Op.Copy(Integer.toString(odds(90) ? made++ : random.nextInt(made + 1)), told);
    }

    /** One person who was content half a year long and is not any more: enough answers that it is hardly chance. */
    private List<Op.Copy> fall() {
        String person = "u" + random.nextInt(5);
        int days = 8 + random.nextInt(4);
        List<Op.Copy> copies = new ArrayList<>();
        for (int i = 0; i < 180 / days; i++) {
            Map<String, Object> told = new HashMap<>();
            told.put("person", person);
            told.put("survey", "31");
            told.put("score", i * days < 88 ? random.nextInt(7) : 8 + random.nextInt(3));
            told.put("at", now.minusSeconds(86_400L * days * i + random.nextInt(7_200)));
            copies.add(new Op.Copy(Integer.toString(made++), told));
        }
        return copies;
    }

    private Instant when() {
        return switch (random.nextInt(law.partial().isEmpty() ? 4 : 6)) {
            case 4, 5 -> now.minusSeconds(random.nextInt(50_000));
            case 0 -> now.minusSeconds(random.nextInt(300_000)).plusSeconds(300);
            case 1 -> now.minusSeconds(random.nextInt(400 * 86_400));
            default -> {
                LocalDate date = LocalDate.ofInstant(now, zone()).minusDays(any(AGES));
                yield date.withDayOfMonth(odds(30) ? 1 : odds(30) ? date.lengthOfMonth() : date.getDayOfMonth())
                        .atStartOfDay(zone())
                        .toInstant()
                        .plusMillis(random.nextInt(3) - 1);
            }
        };
    }

    private Op.Copy edit(String source) {
        List<String> theirs =
                answers.keySet().stream().filter(key -> key.startsWith(source)).toList();
        if (theirs.isEmpty()) {
            return null;
        }
        String key = any(theirs);
        Map<String, Object> known = answers.get(key);
        Map<String, Object> told = new HashMap<>();
        String date = known.get("at") == null ? "created" : "at";
        told.put(date, odds(80) ? known.get(date) : ((Instant) known.get(date)).minusSeconds(random.nextInt(200_000)));
        if (odds(50)) {
            told.put("score", odds(85) ? (Integer) random.nextInt(11) : null);
        }
        if (odds(30)) {
            told.put("comment", odds(70) ? "edited " + random.nextInt(100) : null);
        }
        if (odds(20)) {
            told.put("excluded", odds(50));
        }
        if (odds(40)) {
            told.put("completed", odds(80) ? (Boolean) odds(70) : null);
        }
        if (odds(20)) {
            told.put("person", "u" + random.nextInt(5));
        }
        if (odds(10)) {
            told.remove(date);
        }
        if (odds(60)) {
            told.put("updated", now.minusSeconds(random.nextInt(odds(50) ? 10_000_000 : 100)));
        }
        return new Op.Copy(key.substring(key.indexOf(':') + 1), told);
    }

    private ZoneId zone() {
        return odds(50) ? law.zone() : ZoneId.of(any(RandomRules.ZONES));
    }

    boolean odds(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
