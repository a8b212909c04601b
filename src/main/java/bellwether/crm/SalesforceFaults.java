package bellwether.crm;

import bellwether.nps.Fault;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
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
        boolean answered =
                status > 0 || e.getCause() instanceof JsonProcessingException || e instanceof RuntimeException;
        String code = status > 0 ? "SERVER_ERROR" : answered ? "UNUSABLE_ANSWER" : "UNREACHABLE";
        String what = status > 0
                ? " answered " + status
                : answered ? " answered with something that holds no token" : " failed: " + kind(e);
        return new Fault.Transient(
                "auth",
                code,
                where + what + ".",
                "It is tried again; if it stays, check login address, proxy and firewall.",
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

    private static String kind(Exception e) {
        Throwable cause =
                e.getCause() instanceof IOException || e.getCause() instanceof java.util.concurrent.TimeoutException
                        ? e.getCause()
                        : e;
        return cause.getClass().getSimpleName();
    }
}
