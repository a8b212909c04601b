package bellwether.daemon;

import bellwether.admin.Guard;
import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.nps.Fault;
import bellwether.source.Connection;
import bellwether.source.Notice;
import bellwether.source.NoticeReader;
import bellwether.source.NoticeReader.News;
import bellwether.store.Delivery;
import bellwether.store.Inbox;
import bellwether.store.Notices;
import bellwether.store.Pauses;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what tools tell by webhook, for the routes {@code webhook} and {@code webhook-fetch}. Thread-safe. */
public final class Hooks {
    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final String PATH = "/hooks/";
    private static final int AT_ONCE = 100;

    /** How a notice is answered. */
    public record Reply(int status, String text) {}

    private record Hook(Connection connection, NoticeReader reader, Caller caller, Refusals refusals) {}

    private final Map<String, Hook> hooks = new LinkedHashMap<>();
    private final Notices notices;
    private final Inbox inbox;
    private final Pauses pauses;
    private final BiConsumer<String, Duration> pull;

    /** @param pull has a connection read once its tool shows what it has now, which takes this long, and once however often it is asked */
    Hooks(Notices notices, Inbox inbox, Pauses pauses, BiConsumer<String, Duration> pull) {
        this.notices = notices;
        this.inbox = inbox;
        this.pauses = pauses;
        this.pull = pull;
    }

    /** Opens the address of a connection whose tool has webhooks, if its settings are there. */
    void open(Connection connection, Caller caller, java.time.Clock clock) {
        if (NoticeReader.ready(connection)) {
            var reader = new NoticeReader(connection, clock);
            hooks.put(connection.name(), new Hook(connection, reader, caller, new Refusals(connection.name(), clock)));
        }
    }

    /**
     * Which rate a request is counted in: that of a connection if it is a genuine notice, so that nobody else can use it up; one for all
     * that only know the connection's address; empty for those at nobody's.
     */
    public String rate(Map<String, Object> headers, byte[] body) {
        String name = name(headers);
        Hook hook = hooks.get(name);
        if (hook == null) {
            return "";
        }
        boolean genuine = posted(headers) && hook.reader().genuine(notice(headers, body));
        return genuine ? name : name + " others";
    }

    private static String name(Map<String, Object> headers) {
        return behind(headers).replaceFirst("/.*", "");
    }

    private static boolean posted(Map<String, Object> headers) {
        return "POST".equals(headers.get("CamelHttpMethod"));
    }

    private static String behind(Map<String, Object> headers) {
        String path = String.valueOf(headers.get("CamelHttpPath"));
        return path.startsWith(PATH) ? path.substring(PATH.length()) : "";
    }

    /** Takes a notice; it is written down when this returns. */
    public Reply take(Map<String, Object> headers, byte[] body) {
        Hook hook = hooks.get(name(headers));
        if (hook == null) {
            return new Reply(404, "");
        }
        // tools look whether somebody is there before they send
        return posted(headers) ? take(hook, notice(headers, body)) : new Reply(200, "");
    }

    private static Notice notice(Map<String, Object> headers, byte[] body) {
        String rest = behind(headers);
        int slash = rest.indexOf('/');
        Map<String, String> plain = new TreeMap<>();
        headers.forEach((name, value) -> plain.put(name.toLowerCase(Locale.ROOT), String.valueOf(value)));
        String form = plain.remove(Guard.FORM);
        byte[] bytes = form != null ? Base64.getDecoder().decode(form) : body == null ? new byte[0] : body;
        return new Notice(slash < 0 ? "" : rest.substring(slash + 1), plain, bytes);
    }

    private Reply take(Hook hook, Notice notice) {
        String name = hook.connection().name();
        News news = hook.reader().read(notice);
        if (news instanceof News.Refused) {
            hook.refusals().add();
            return new Reply(401, "");
        }
        if (news instanceof News.Unreadable unreadable) {
            LOG.warn("{}: a notice cannot be read: {}", name, unreadable.why());
            return new Reply(400, unreadable.why());
        }
        List<String> keys = hook.reader().keys(notice);
        if (notices.known(name, keys)) {
            return new Reply(200, "");
        }
        if (news instanceof News.Brought brought) {
            accept(hook, brought);
        } else if (news instanceof News.Gone gone) {
            inbox.gone(hook.connection().source(), gone.ids());
        }
        notices.remember(name, keys, news instanceof News.Fetch fetch ? fetch.path() : null);
        if (news instanceof News.Hint) {
            pull.accept(name, hook.connection().lag());
        }
        return new Reply(200, "");
    }

    private void accept(Hook hook, News.Brought brought) {
        String name = hook.connection().name();
        inbox.accept(new Delivery(
                name,
                Delivery.NO_RUN,
                hook.connection().source(),
                false,
                brought.responses(),
                brought.people(),
                brought.setAside().stream()
                        .map(one -> Pull.letter(name, "webhook", one))
                        .toList(),
                List.of()));
    }

    /** Asks for the responses that notices named. What is out of reach is asked for again. */
    public void fetch() {
        for (Hook hook : hooks.values()) {
            if (hook.connection().tool().webhook().thin() != null
                    && pauses.of(hook.connection().name()).isEmpty()) {
                fetch(hook);
            }
        }
    }

    private void fetch(Hook hook) {
        String name = hook.connection().name();
        for (Notices.Owed owed : notices.owed(name, AT_ONCE)) {
            Answer answer = hook.caller().call(Request.read(owed.fetch(), List.of()));
            Fault fault = answer instanceof Answer.Failed failed ? failed.fault() : null;
            if (answer instanceof Answer.Ok ok && ok.json() != null) {
                NoticeReader.Fetched fetched = hook.reader().fetched(ok.json(), hook.caller());
                fault = fetched.fault();
                if (fault == null) {
                    accept(hook, fetched.brought());
                }
            }
            if (fault != null && !(fault instanceof Fault.Record)) {
                LOG.warn("{}: {}: {}", name, fault.code(), fault.message());
                if (fault instanceof Fault.Config refused) {
                    pauses.pause(name, refused.code(), refused.message() + " " + refused.advice());
                }
                return;
            }
            notices.fetched(name, owed.key());
        }
    }
}
