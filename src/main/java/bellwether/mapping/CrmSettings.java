package bellwether.mapping;

import java.time.Duration;
import java.util.List;

/**
 * A connection to a CRM, as the admin wrote it in {@code config/connections.yaml}. What is null here is as the CRM's own file
 * declares it.
 *
 * @param name of the connection
 * @param crm the name of the file in {@code mappings/crms}
 * @param directory true for the one connection whose contacts and accounts are the people and accounts of Bellwether
 * @param push whether anything is written
 * @param onlyAccounts remote account ids that writing is limited to; empty for all
 * @param schedule when people are read
 * @param linger how long a partial batch waits to become full
 * @param batchSize rows per write call
 * @param windowsInCrm windows beside the default one that get their own account fields
 */
public record CrmSettings(
        String name,
        String crm,
        Boolean enabled,
        String loginUrl,
        String instanceUrl,
        String clientId,
        Secret clientSecret,
        String apiVersion,
        Boolean directory,
        Push push,
        List<String> onlyAccounts,
        MaxChange maxChange,
        Schedule schedule,
        Duration linger,
        Integer batchSize,
        List<String> windowsInCrm,
        Duration timeout,
        String proxy,
        String caFile) {

    /** Nothing, a preview of everything, or real writes. */
    public enum Push {
        OFF,
        PREVIEW,
        ON
    }

    /** A batch that would change more than this of one kind holds and asks. */
    public record MaxChange(Integer percent, Integer atLeast) {
        public MaxChange {
            percent = percent == null ? 20 : percent;
            atLeast = atLeast == null ? 100 : atLeast;
        }
    }

    public CrmSettings {
        enabled = enabled == null || enabled;
        directory = directory != null && directory;
        push = push == null ? Push.PREVIEW : push;
        onlyAccounts = onlyAccounts == null ? List.of() : List.copyOf(onlyAccounts);
        maxChange = maxChange == null ? new MaxChange(null, null) : maxChange;
        schedule = schedule == null ? new Schedule(Duration.ofMinutes(5), null) : schedule;
        linger = linger == null ? Duration.ofSeconds(1) : linger;
        batchSize = batchSize == null ? 200 : batchSize;
        windowsInCrm = windowsInCrm == null ? List.of() : List.copyOf(windowsInCrm);
        timeout = timeout == null ? Duration.ofSeconds(60) : timeout;
    }
}
