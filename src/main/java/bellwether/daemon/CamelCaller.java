package bellwether.daemon;

import bellwether.http.Answer;
import bellwether.http.Call;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.http.Wire;
import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks through a connection's route {@code call}, in the thread of whoever asks. */
final class CamelCaller implements Caller {
    private static final Logger LOG = LoggerFactory.getLogger(CamelCaller.class);

    private final ProducerTemplate template;
    private final Wire wire;
    private final BooleanSupplier stopping;

    /** @param stopping true once the daemon stops: nothing more is asked then */
    CamelCaller(ProducerTemplate template, Wire wire, BooleanSupplier stopping) {
        this.template = template;
        this.wire = wire;
        this.stopping = stopping;
    }

    @Override
    public Answer call(Request request) {
        if (stopping.getAsBoolean()) {
            return new Answer.Failed(stopped());
        }
        Call call = new Call(request);
        Exchange exchange =
                template.send("direct:call-" + wire.connection(), e -> e.getIn().setBody(call));
        return exchange.getException() == null && call.answer() != null
                ? call.answer()
                : new Answer.Failed(fault(exchange.getException()));
    }

    private Fault fault(Exception e) {
        if (e instanceof FaultException known) {
            return known.fault();
        }
        if (e instanceof InterruptedException || e instanceof RejectedExecutionException) {
            return stopped();
        }
        String kind = e == null ? "no answer" : e.getClass().getName();
        // the message of an unknown exception may hold an address or a secret: the place is enough
        LOG.error("{}: a call failed unexpectedly: {} at {}", wire.connection(), kind, place(e));
        return new Fault.Bug(
                wire.step(),
                "CALL_FAILED",
                wire.connection() + ": a call failed unexpectedly: " + kind + ".",
                "Report it with the log line of the same time.");
    }

    private Fault stopped() {
        return new Fault.Transient(
                wire.step(),
                "STOPPED",
                wire.connection() + ": the call was given up because Bellwether stops.",
                "Nothing to do: it goes on after the next start.",
                null);
    }

    private static String place(Exception e) {
        return e == null || e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0].toString();
    }
}
