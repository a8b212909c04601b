package bellwether.daemon;

import bellwether.nps.Fault;
import bellwether.store.Refresh;
import bellwether.store.Runs;
import bellwether.store.Targets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes everything anew from the ledger and owes a CRM what differs from what it acknowledged; asks no tool. */
public final class Resync {
    private static final Logger LOG = LoggerFactory.getLogger(Resync.class);

    /** @param run its number, begun by whoever asked */
    public record Order(String crm, long run) {}

    private final Refresh refresh;
    private final Targets targets;
    private final Runs runs;

    Resync(Refresh refresh, Targets targets, Runs runs) {
        this.refresh = refresh;
        this.targets = targets;
        this.runs = runs;
    }

    /** Marks every account stale, compares every response's record, and ends the run. */
    public void run(Order order) {
        Fault fault = null;
        try {
            int accounts = refresh.all("rest");
            int rows = targets.oweDifferences(order.crm());
            runs.progress(order.crm(), order.run(), accounts + " accounts to compute, " + rows + " rows owed again");
            LOG.info("{}: resync of {} accounts, {} rows owed again", order.crm(), accounts, rows);
        } catch (RuntimeException e) {
            fault = Broken.fault("refresh", e);
            LOG.warn("{}: resync: {}: {} {}", order.crm(), fault.code(), fault.message(), fault.advice());
        }
        runs.end(order.crm(), order.run(), fault == null ? "ok" : "failed", fault);
    }
}
