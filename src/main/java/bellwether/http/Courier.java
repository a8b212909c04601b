package bellwether.http;

import bellwether.nps.FaultException;
import java.io.IOException;

/** Carries a signed call over the wire and brings the reply back, following redirects of a GET as far as hosts are declared. */
public final class Courier {
    private static final int MOST_REDIRECTS = 3;

    private final Sender sender;
    private final Login login;

    public Courier(Sender sender, Login login) {
        this.sender = sender;
        this.login = login;
    }

    /** Leaves the reply, or the reason why there is none, in the call; a redirect that must not be followed is its answer. */
    public void send(Call call) {
        try {
            Request request = call.signed();
            Reply reply = sender.ask(request);
            for (int hops = 0; redirect(request, reply) && hops < MOST_REDIRECTS; hops++) {
                request = login.redirected(call, request, reply.headers().get("location"));
                reply = sender.ask(request);
            }
            call.reply(reply);
        } catch (IOException e) {
            call.failure(e);
        } catch (FaultException e) {
            call.answer(new Answer.Failed(e.fault()));
        }
    }

    private static boolean redirect(Request request, Reply reply) {
        return reply.status() / 100 == 3
                && request.method().equals("GET")
                && reply.headers().containsKey("location");
    }
}
