package bellwether.admin;

import bellwether.crm.Pusher;
import bellwether.crm.Schema;
import bellwether.health.Rules;
import bellwether.mapping.Paying;
import bellwether.mapping.Settings;
import bellwether.source.Connection;
import bellwether.store.Acts;
import bellwether.store.Ledger;
import bellwether.store.Pauses;
import bellwether.store.Positions;
import bellwether.store.Refresh;
import bellwether.store.Runs;
import bellwether.store.Store;
import bellwether.store.Targets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** The parts of a running Bellwether that the API shows and moves. Maps are by connection name. */
public record Parts(
        Settings settings,
        Store store,
        Ledger ledger,
        Map<String, Connection> tools,
        Map<String, Pusher> pushers,
        Map<String, Schema> schemas,
        Positions positions,
        Runs runs,
        Pauses pauses,
        Targets targets,
        Acts acts,
        Refresh refresh,
        Rules rules,
        Clock clock,
        Controls controls) {
    /** What only the daemon can do: start something, and say whether it is up itself. */
    public interface Controls {
        /** Reads a tool as soon as a run under way has ended. */
        void pull(String tool);

        /** Reads the people of the directory as soon as a run under way has ended. */
        void people(String crm);

        /** Compares all that a CRM should hold with the ledger, in the background, as the run of this number. */
        void resync(String crm, long run);

        /** Brings stale accounts up to date without waiting for the next tick. */
        void refresh();

        /** True once every route runs. */
        boolean started();
    }

    /** The directory's name, or null if it is broken. */
    String directory() {
        return settings.directory() == null ? null : settings.directory().name();
    }

    /** An account or contact as it is named outside: {@code <connection>:<remote id>}. */
    String account(String remoteId) {
        return directory() == null ? remoteId : directory() + ":" + remoteId;
    }

    /** What figures can be grouped by beside roles and surveys: attributes by the kind they belong to. */
    Map<String, String> dimensions() {
        Schema schema = directory() == null ? null : schemas.get(directory());
        return schema == null ? Map.of() : schema.dimensions();
    }

    /** The accounts whose coverage is told: by revenue where nothing is said and the CRM's mapping reads it. */
    Paying paying() {
        Paying said = settings.health().paying();
        Schema schema = directory() == null ? null : schemas.get(directory());
        return said != null ? said : schema != null && schema.readsRevenue() ? Paying.REVENUE : Paying.ALL;
    }

    /** The date where days begin at midnight of the installation's zone. */
    LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, rules.zone());
    }

    boolean known(String name) {
        return tools.containsKey(name)
                || settings.crms().containsKey(name)
                || settings.broken().containsKey(name);
    }
}
