package bellwether.simulator;

import bellwether.StillClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A small org and a client logged in to it. */
abstract class SalesforceFixture {
    static final String DATA = "/services/data/v66.0";
    static final String UPDATE = DATA + "/composite/sobjects";
    static final String UPSERT = UPDATE + "/NPS_Response__c/Response_Id__c";

    final StillClock clock = new StillClock(CompanyTest.ANCHOR);
    final Company company = Company.of(42, 20, 100, 300, CompanyTest.ANCHOR);
    final SalesforceSimulator simulator = SalesforceSimulator.start(company, options());
    final Web web = Web.salesforce(simulator);

    SalesforceSimulator.Options options() {
        return SalesforceSimulator.Options.standard().clock(clock);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    String contact(int index) {
        return company.contact(index).id();
    }

    String account(int index) {
        return company.account(index).id();
    }

    static String contactRow(String id, String fields) {
        return "{\"attributes\":{\"type\":\"Contact\"},\"id\":\"" + id + "\"," + fields + "}";
    }

    static String response(String key, String fields) {
        return "{\"attributes\":{\"type\":\"NPS_Response__c\"},\"Response_Id__c\":\"" + key + "\""
                + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    static String records(String... rows) {
        return "{\"allOrNone\":false,\"records\":[" + String.join(",", rows) + "]}";
    }

    JsonNode update(String... rows) {
        return web.json("PATCH", UPDATE, records(rows)).json();
    }

    JsonNode upsert(String... rows) {
        return web.json("PATCH", UPSERT, records(rows)).json();
    }

    static String code(JsonNode result) {
        return result.at("/errors/0/statusCode").asText();
    }

    static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("records").forEach(record -> ids.add(record.path("Id").asText()));
        return ids;
    }
}
