package bellwether.daemon;

import bellwether.http.Call;
import bellwether.http.Pause;
import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Decides at a failed attempt whether {@code call} tries again, and when, if the fault names the instant. */
final class Patience implements Processor {
    private final Pause pause;
    private final Clock clock;

    Patience(Pause pause, Clock clock) {
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Call call = exchange.getIn().getBody(Call.class);
        if (!(exchange.getException() instanceof FaultException e)
                || !(e.fault() instanceof Fault.Transient fault)
                || !(fault.step().equals("auth") || call.request().repeatable(fault.code()))) {
            exchange.getExchangeExtension().setRedeliveryExhausted(true);
        } else if (fault.notBefore() != null) {
            await(exchange, fault.notBefore());
        }
    }

    private void await(Exchange exchange, Instant notBefore) {
        if (pause.tooLong(notBefore)) {
            exchange.getExchangeExtension().setRedeliveryExhausted(true);
            return;
        }
        long wait = Math.max(0, Duration.between(clock.instant(), notBefore).toMillis() + 1);
        exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, wait);
    }
}
