package bellwether.nps;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A customer of the directory.
 *
 * @param id ours
 * @param remoteId the CRM's
 * @param owner the CRM's id of the person in charge; null if not known
 * @param zone where its days begin; null for the installation's own
 * @param revenue yearly recurring revenue in the installation's one currency; null if not known
 * @param churned no customer any more
 * @param dataSince the local date from which answers are complete; null if not known
 */
public record Account(
        long id,
        String remoteId,
        String name,
        String owner,
        ZoneId zone,
        BigDecimal revenue,
        boolean churned,
        LocalDate dataSince) {}
