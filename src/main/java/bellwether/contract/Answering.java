package bellwether.contract;

import bellwether.http.Request;
import bellwether.http.Sender;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The contract's answers without a socket. */
final class Answering extends ContractAnswers implements Sender {
    static final String BASE = "https://contract.invalid";

    @Override
    String base() {
        return BASE;
    }

    @Override
    String other() {
        return "https://other.invalid";
    }

    @Override
    public bellwether.http.Reply ask(Request request) throws IOException {
        byte[] body = request.body() == null ? new byte[0] : request.body();
        Reply reply = answer(request.method(), URI.create(request.path()), body, "");
        Map<String, String> headers = new HashMap<>();
        reply.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new bellwether.http.Reply(reply.status(), headers, reply.body());
    }
}
