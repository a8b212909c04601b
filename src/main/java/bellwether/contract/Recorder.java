package bellwether.contract;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Reply;
import bellwether.http.Request;
import bellwether.http.Sender;
import bellwether.source.Auth;
import bellwether.source.Connection;
import bellwether.source.Position;
import bellwether.source.Run;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Keeps what a connection's calls are answered, in memory: of a call that was repeated or redirected the last answer, of log-ins the
 * first that opened a session. Whoever asks sees lists as short as they are kept.
 */
final class Recorder implements Run.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GRANTED = List.of("access_token", "refresh_token", "id_token");

    private final Connection connection;
    private final Cut cut;
    private final List<Taken> taken = new ArrayList<>();
    private final Set<Taken> people = Collections.newSetFromMap(new IdentityHashMap<>());
    private Position position;
    private int begun;
    private int other;
    private boolean polled;
    private Reply last;
    private Reply login;
    private final Set<String> tokens = new HashSet<>();
    private boolean loggedIn;

    Recorder(Connection connection, Cut cut) {
        this.connection = connection;
        this.cut = cut;
    }

    /** What log-ins answered: never to be found anywhere. */
    Set<String> tokens() {
        return tokens;
    }

    List<Taken> taken() {
        return taken;
    }

    /** True for a page of the list of people. */
    boolean ofPeople(Taken one) {
        return people.contains(one);
    }

    @Override
    public void reading(Position at) {
        position = at;
    }

    /** Whoever only asked how far an export is need not have done so. */
    @Override
    public void waiting() {
        boolean idle = polled && other == 1;
        if (idle) taken.subList(begun, taken.size()).clear();
        begun = taken.size();
        other = 0;
        polled = false;
    }

    /** Listens to the wire. Everything stays in memory: nothing is put into a file, however large it is. */
    Sender around(Sender wire) {
        return request -> {
            Reply reply = wire.ask(new Request(
                    request.method(),
                    request.path(),
                    request.query(),
                    request.headers(),
                    request.contentType(),
                    request.body(),
                    request.reads(),
                    Request.Expects.JSON));
            if (connection.auth() instanceof Auth.Session session && opens(session.login(), request)) {
                login = reply;
                JsonNode opened = Taken.of(reply).tree();
                token(opened == null ? null : session.token().in(opened));
            } else if (request.path().equals(connection.loginUrl())) {
                JsonNode granted = Taken.of(reply).tree();
                for (String name : GRANTED) token(granted == null ? null : granted.get(name));
            } else {
                last = reply;
            }
            return reply;
        };
    }

    private void token(JsonNode token) {
        if (token != null && token.asText().length() > 5) tokens.add(token.asText());
    }

    private boolean opens(Auth.Ask ask, Request request) {
        try {
            JsonNode body = ask.body() == null ? null : ask.body().fill(this::setting);
            JsonNode sent = request.body() == null ? null : JSON.readTree(request.body());
            return request.method().equals(ask.method()) && sent != null && sent.equals(body);
        } catch (IOException e) {
            return false;
        }
    }

    private JsonNode setting(String name) {
        String value = connection.setting(name);
        return value == null ? null : TextNode.valueOf(value);
    }

    @Override
    public Caller calls(Caller caller) {
        return request -> {
            Answer answer = called(caller, request);
            if (last != null) taken.add(Taken.of(last));
            other++;
            polled = position.bookmark().job() != null;
            return answer;
        };
    }

    @Override
    public Caller pages(Caller caller) {
        return request -> {
            if (!position.scan().equals(Position.PARENTS)) other++;
            Taken end = cut.end(position);
            if (end != null) {
                taken.add(end);
                return end.answer();
            }
            Answer answer = called(caller, request);
            if (last == null) return answer;
            if (!(answer instanceof Answer.Ok ok) || ok.empty()) {
                taken.add(Taken.of(last));
                return answer;
            }
            return shortened(answer);
        };
    }

    private Answer shortened(Answer answer) {
        try {
            Taken page = Taken.of(last, cut.stream(position).payload());
            Taken kept = cut.shortened(position, page);
            taken.add(kept);
            if (position.scan().equals(Position.PERSONS)) people.add(kept);
            return kept == page ? answer : kept.answer();
        } catch (IOException | RuntimeException e) {
            // whoever asked says what is wrong with it
            taken.add(Taken.of(last));
            return answer;
        }
    }

    private Answer called(Caller caller, Request request) {
        last = null;
        Answer answer = caller.call(request);
        if (login != null && !loggedIn) {
            loggedIn = true;
            taken.add(Taken.of(login));
        }
        return answer;
    }
}
