package bellwether.simulator;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A made-up company: its customers as the CRM knows them and what they answered as the survey tool knows it. The same seed,
 * sizes and anchor always give the same company; {@link #grow} lets it go on living. Safe for use by several threads.
 */
public final class Company {
    /** A customer in the CRM; everything from {@code annualRevenue} to {@code renewal} may be null. */
    public record Account(
            int index,
            String id,
            String name,
            String ownerId,
            BigDecimal annualRevenue,
            String segment,
            String country,
            String plan,
            LocalDate renewal,
            boolean churned,
            Instant created) {}

    /** A person in the CRM; {@code title} (the role), {@code department} and {@code accountId} may be null. */
    public record Contact(
            int index,
            String id,
            String firstName,
            String lastName,
            String email,
            String title,
            String department,
            String accountId,
            String ownerId,
            Instant created) {}

    /** A person in the survey tool; {@code deleted} ones answer 404 there, {@code lastSurveyed} is null for one who was never asked. */
    public record EndUser(
            int id,
            String email,
            String externalId,
            Map<String, String> properties,
            Instant created,
            Instant updated,
            Instant lastSurveyed,
            boolean deleted) {}

    /** An answer in the survey tool; {@code score} and {@code text} may be null, {@code flaw} is null for a sound row. */
    public record Response(
            int id,
            Integer endUserId,
            int surveyId,
            Integer score,
            String text,
            Instant created,
            Instant updated,
            boolean completed,
            boolean excluded,
            List<String> tags,
            String originUrl,
            String ipAddress,
            Map<String, String> properties,
            Flaw flaw) {}

    /** What {@link #grow} did: new responses, responses edited (as they are now), contacts that appeared in the CRM. */
    public record Growth(List<Response> added, List<Response> edited, List<Contact> contacts) {}

    private final People people;
    private final Answers answers;
    private final LastSurveyed lastSurveyed;
    private final Instant anchor;
    private final Map<Integer, Response> responses = new ConcurrentHashMap<>();
    private final Set<Integer> deleted = ConcurrentHashMap.newKeySet();
    private final List<Contact> newcomers = new CopyOnWriteArrayList<>();
    private final List<Consumer<Contact>> listeners = new CopyOnWriteArrayList<>();
    private volatile int size;
    private volatile long version;
    private CompanyFolder folder;

    private Company(long seed, int accounts, int contacts, int responses, Instant anchor) {
        this.anchor = anchor.truncatedTo(ChronoUnit.SECONDS);
        Instant start = this.anchor.atZone(ZoneOffset.UTC).minusMonths(7).toInstant();
        this.people = new People(seed, accounts, contacts, start);
        this.answers = new Answers(people, responses, start, this.anchor);
        this.size = responses;
        this.lastSurveyed = new LastSurveyed(this);
    }

    /** A company of this size whose responses lie in the seven calendar months (UTC) that end at {@code anchor}. */
    public static Company of(long seed, int accounts, int contacts, int responses, Instant anchor) {
        return new Company(seed, accounts, contacts, responses, anchor);
    }

    /** The usual size: 200 accounts, 3,000 contacts, 10,000 responses. */
    public static Company of(long seed, Instant anchor) {
        return of(seed, 200, 3_000, 10_000, anchor);
    }

    /**
     * The company kept in this folder, or a new one that is kept there from now on: what {@link #grow} adds survives a restart.
     * Seed, sizes and anchor of a kept company win over the arguments.
     *
     * @throws UncheckedIOException when the folder cannot be read or written
     */
    public static Company open(Path folder, long seed, int accounts, int contacts, int responses, Instant anchor) {
        return CompanyFolder.open(folder, seed, accounts, contacts, responses, anchor);
    }

    /**
     * Adds one plainly bad row of every {@link Flaw}, newer than every sound one and a minute before the anchor, so that a run that
     * begins at once finds them too; unless they are there. To be called before {@link #grow}.
     */
    public synchronized Company withFlaws() {
        if (responses.values().stream().noneMatch(response -> response.flaw() != null)) {
            int person = people.anyone();
            for (Flaw flaw : Flaw.values()) {
                put(size, flaw.row(responseId(size), endUserId(person), anchor.minusSeconds(60)));
            }
        }
        return this;
    }

    /** The instant the first seven months end at. */
    public Instant anchor() {
        return anchor;
    }

    public int accountCount() {
        return people.accounts;
    }

    public int contactCount() {
        return people.contacts + newcomers.size();
    }

    public int endUserCount() {
        return people.endUsers();
    }

    public int responseCount() {
        return size;
    }

    /** The account with this index (0 based). */
    public Account account(int index) {
        return people.account(index);
    }

    /** The contact with this index (0 based); those that {@link #grow} added come last. */
    public Contact contact(int index) {
        return index < people.contacts ? people.contact(index) : newcomers.get(index - people.contacts);
    }

    /** The end user with this index (0 based, in the order of ids and creation). */
    public EndUser endUser(int index) {
        return lastSurveyed.of(index, people.endUser(index));
    }

    /** When the tool last asked its people, by their e-mail addresses. */
    Map<String, Instant> lastSurveyed() {
        Map<String, Instant> asked = new HashMap<>();
        for (int i = 0; i < endUserCount(); i++) {
            EndUser user = endUser(i);
            if (user.email() != null && user.lastSurveyed() != null && !user.deleted()) {
                asked.put(user.email(), user.lastSurveyed());
            }
        }
        return asked;
    }

    /** The response with this index (0 based, in the order of ids and creation) as it is now. */
    public Response response(int index) {
        Response changed = responses.get(index);
        return changed != null ? changed : answers.response(index);
    }

    /** The instant by which the response is filtered and sorted, in unix seconds. */
    long created(int index) {
        return index < answers.size()
                ? answers.created(index)
                : responses.get(index).created().getEpochSecond();
    }

    /** Whether the response came after those that the company began with. */
    boolean came(int index) {
        return index >= answers.size();
    }

    /** Changes whenever the company does. */
    long version() {
        return version;
    }

    /**
     * Lets time pass: adds responses between the last one and {@code now}, edits some of any age (every other one older than two
     * days), and makes contacts appear for people who answered but were unknown in the CRM.
     */
    public synchronized Growth grow(Instant now, int added, int edited, int contacts) {
        lastSurveyed.notBefore(now);
        return new Growing(this, people).grow(now.truncatedTo(ChronoUnit.SECONDS), added, edited, contacts);
    }

    /** Deletes the response at an index in the survey tool. It comes back as it was by {@link #restore}. */
    public synchronized void delete(int index) {
        deleted.add(index);
        version++;
    }

    /** Takes back a {@link #delete}. */
    public synchronized void restore(int index) {
        deleted.remove(index);
        version++;
    }

    boolean deleted(int index) {
        return deleted.contains(index);
    }

    boolean someDeleted() {
        return !deleted.isEmpty();
    }

    /** Calls the listener for every contact that appears from now on. */
    void onContact(Consumer<Contact> listener) {
        listeners.add(listener);
    }

    /** Sets the response at an index; an index just past the end adds it. */
    public synchronized void put(int index, Response response) {
        responses.put(index, response);
        size = Math.max(size, index + 1);
        version++;
        if (folder != null) {
            folder.keep(index, response);
        }
    }

    synchronized void add(Contact contact) {
        newcomers.add(contact);
        version++;
        if (folder != null) {
            folder.keep(contact);
        }
        listeners.forEach(listener -> listener.accept(contact));
    }

    synchronized void keepIn(CompanyFolder kept) {
        folder = kept;
    }

    static int responseId(int index) {
        return 40_000_003 + 7 * index;
    }

    static int endUserId(int index) {
        return 700_001 + 3 * index;
    }

    static int endUserIndex(int id) {
        int offset = id - 700_001;
        return offset < 0 || offset % 3 != 0 ? -1 : offset / 3;
    }
}
