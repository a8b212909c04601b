package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.nps.Fault;
import java.time.Clock;
import java.util.List;

/** Whether a CRM's connection works now: its objects are described and one person is read, nothing is written. */
public final class Trial {
    /** How it went. {@code fault} is null if the connection works; {@code complaints} name fields that would be left out. */
    public record Result(Fault fault, List<String> complaints) {}

    public static Result of(CrmSettings settings, CrmMapping mapping, Caller caller, Clock clock) {
        var schema = new Schema(mapping, settings.windowsInCrm(), caller, clock);
        if (settings.directory()) {
            for (String kind : mapping.directory().keySet()) {
                Answer.Failed unknown = schema.columns().read(kind);
                if (unknown != null) {
                    return new Result(unknown.fault(), List.of());
                }
                String soql = "SELECT " + String.join(",", schema.columns().of(kind)) + " FROM "
                        + mapping.directory().get(kind).object() + " LIMIT 1";
                Answer answer = caller.call(Request.read("/query", List.of(new Request.Parameter("q", soql))));
                if (answer instanceof Answer.Failed failed) {
                    return new Result(failed.fault(), List.of());
                }
            }
        }
        Fault fault = schema.read();
        return new Result(fault, fault == null ? schema.complaints() : List.of());
    }

    private Trial() {}
}
