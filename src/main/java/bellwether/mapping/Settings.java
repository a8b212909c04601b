package bellwether.mapping;

import bellwether.nps.AcceptPartial;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * What the admin wrote: {@code config/connections.yaml} and {@code config/health.yaml}. A connection with a mistake is left out and
 * listed as broken, so that the others work on.
 *
 * @param zone in which days, months and quarters are cut
 * @param tools sound connections to survey tools, by name, in the order of the file
 * @param crms sound connections to CRMs, by name, in the order of the file
 * @param follows by source: the source of the tool it replaces; what a connection says of that holds even where it is broken, lest
 *     figures change meanwhile
 * @param acceptPartial by source: from when answers count that are not completed, where that is not at once; it holds where the
 *     connection is broken as well
 * @param departed by connection: the source it follows where no connection of the file has it, as of a tool that is gone
 * @param broken what is wrong with the connections left out, by name
 */
public record Settings(
        ZoneId zone,
        Store store,
        Map<String, ToolSettings> tools,
        Map<String, CrmSettings> crms,
        HealthSettings health,
        Map<String, String> follows,
        Map<String, AcceptPartial> acceptPartial,
        Map<String, String> departed,
        Map<String, List<Mistake>> broken) {

    /**
     * Where the ledger is kept.
     *
     * @param url a file ({@code data/bellwether.db}) or {@code jdbc:postgresql://…}
     */
    public record Store(String url, String user, Secret password) {
        public Store {
            url = url == null ? "data/bellwether.db" : url;
        }
    }

    public Settings {
        zone = zone == null ? ZoneOffset.UTC : zone;
        store = store == null ? new Store(null, null, null) : store;
        tools = tools == null ? Map.of() : tools;
        crms = crms == null ? Map.of() : crms;
        health = health == null ? HealthSettings.defaults() : health;
        follows = follows == null ? Map.of() : follows;
        acceptPartial = acceptPartial == null ? Map.of() : acceptPartial;
        departed = departed == null ? Map.of() : departed;
        broken = broken == null ? Map.of() : broken;
    }

    /** The CRM connection that is the directory, or null if it is broken or none is declared. */
    public CrmSettings directory() {
        return crms.values().stream().filter(CrmSettings::directory).findFirst().orElse(null);
    }
}
