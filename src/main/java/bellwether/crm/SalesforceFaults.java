package bellwether.crm;

import bellwether.nps.Fault;
import org.apache.camel.component.salesforce.api.SalesforceException;

/** What a failed login at Salesforce means. */
final class SalesforceFaults {
    private SalesforceFaults() {}

    static Fault login(SalesforceOrg org, Exception e) {
        String where =
                "The login of " + org.connection() + " at " + org.loginAddress().getHost();
        int status = e instanceof SalesforceException s ? s.getStatusCode() : 0;
        if (status == 400 || status == 401 || status == 403) {
            return new Fault.Config(
                    "auth",
                    "CREDENTIALS_REFUSED",
                    where + " answered " + status + said(e) + ".",
                    "Correct " + org.clientId().setting() + " and "
                            + org.clientSecret().setting() + ", and give the external client app a run-as user.");
        }
        if (status > 0 && status < 500 && status != 408 && status != 429) {
            return new Fault.Config(
                    "auth",
                    "REQUEST_REFUSED",
                    where + " answered " + status + ".",
                    "Set the login address to the org's My Domain address.");
        }
        return new Fault.Transient(
                "auth",
                status > 0 ? "SERVER_ERROR" : "UNUSABLE_ANSWER",
                where + (status > 0 ? " answered " + status : " answered with something that holds no token") + ".",
                "It is tried again; if it stays, check the login address and whether a proxy answers.",
                null);
    }

    /** The stable error code alone, such as {@code invalid_client}; descriptions may repeat what was sent. */
    private static String said(Exception e) {
        return e instanceof SalesforceException s
                        && s.getErrors() != null
                        && !s.getErrors().isEmpty()
                        && String.valueOf(s.getErrors().get(0).getErrorCode()).matches("[a-z_]{1,60}")
                ? " (" + s.getErrors().get(0).getErrorCode() + ")"
                : "";
    }
}
