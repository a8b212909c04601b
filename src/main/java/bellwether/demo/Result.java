package bellwether.demo;

import bellwether.store.Overview;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** What one start of the demo brought, measured from the moment this is made. */
final class Result {
    private final Stage stage;
    private final Overview overview;
    private final Overview.Counts known;
    private final Map<String, Long> created;
    private final Map<String, Long> updated;

    Result(Stage stage, Overview overview) {
        this.stage = stage;
        this.overview = overview;
        this.known = overview.counts();
        this.created = stage.salesforce.created();
        this.updated = stage.salesforce.updated();
    }

    void print(double seconds, PrintWriter out) {
        Overview.Counts counts = overview.counts();
        long waiting = overview.waiting().stream()
                .mapToLong(Overview.Waiting::responses)
                .sum();
        long aside =
                overview.letters().stream().mapToLong(Overview.Letters::records).sum();
        long writes = stage.salesforce.calls().entrySet().stream()
                .filter(e -> e.getKey().startsWith("PATCH"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        out.printf(Locale.ROOT, "SYNCED in %.1f s%n", seconds);
        out.printf(
                "  ledger       %s, %s of them new;%n               %s matched to a contact,%n",
                Text.count(counts.responses(), "response", "responses"),
                Text.count(counts.responses() - known.responses()),
                Text.count(counts.withContact()));
        out.printf("               %s in the waiting room, %s set aside%n", Text.count(waiting), Text.count(aside));
        out.printf(
                "  API calls    %s to %s; %s to Salesforce, %s of them writes%n",
                Text.count(stage.toolCalls()), stage.tool.label, Text.count(stage.crmCalls()), Text.count(writes));
        out.printf(
                "  Salesforce   %s created, %s updated;%n",
                Text.count(
                        since(created, stage.salesforce.created(), "NPS_Response__c"),
                        "response record",
                        "response records"),
                Text.count(since(updated, stage.salesforce.updated(), "NPS_Response__c")));
        out.printf(
                "               %s and %s updated,%n",
                Text.count(since(updated, stage.salesforce.updated(), "Contact"), "contact", "contacts"),
                Text.count(since(updated, stage.salesforce.updated(), "Account"), "account", "accounts"));
        out.printf(
                "               %s of the last seven days written%n",
                Text.count(
                        since(created, stage.salesforce.created(), "NPS_Signal__c"),
                        "signal record",
                        "signal records"));
    }

    private static long since(Map<String, Long> before, Map<String, Long> now, String object) {
        return now.getOrDefault(object, 0L) - before.getOrDefault(object, 0L);
    }
}
