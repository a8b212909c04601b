package bellwether.bench;

import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

/** The simulators, in a JVM of their own: {@code <responses of six months>}. Ends with its standard input. */
public final class Simulators {
    private Simulators() {}

    public static void main(String[] arguments) throws IOException {
        int responses = Integer.parseInt(arguments[0]);
        Instant anchor = Instant.now().minusSeconds(600);
        // a company has answered for seven months, and six are asked for
        Company company = Company.of(1, Math.max(20, responses / 50), responses * 3 / 10, responses / 6 * 7, anchor);
        Instant since = LocalDate.now(ZoneOffset.UTC)
                .minusMonths(6)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        long asked = IntStream.range(0, company.responseCount())
                .filter(i -> !company.response(i).created().isBefore(since))
                .count();
        long people = IntStream.range(0, company.endUserCount())
                .filter(i -> !company.endUser(i).deleted())
                .count();
        try (var wootric = WootricSimulator.prepared(company);
                var salesforce = SalesforceSimulator.prepared(company, false)) {
            Child.say("tool", wootric.baseUrl());
            Child.say("crm", salesforce.baseUrl());
            Child.say("responses", asked);
            Child.say("people", people);
            Child.say("contacts", company.contactCount());
            Child.say("accounts", company.accountCount());
            Child.done();
            while (System.in.read() >= 0) {
                wootric.clearCalls();
                salesforce.clearCalls();
            }
        }
    }
}
