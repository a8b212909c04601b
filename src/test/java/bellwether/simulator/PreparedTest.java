package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.simulator.Company.Response;
import bellwether.simulator.Web.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedTest {
    private final Company company = Company.of(42, 40, 2_500, 3_000, CompanyTest.ANCHOR);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/responses",
                "/v1/responses?per_page=50&page=30&sort_order=asc",
                "/v1/responses?per_page=50&sort_order=asc&created[gte]=1790000000&created[lt]=1790600000",
                "/v1/responses?per_page=50&sort_order=desc&created[gte]=1790000000&created[lt]=1790600000",
                "/v1/responses?created[gte]=1990000000",
                "/v1/responses?sort_key=updated_at",
                "/v1/responses?page=31",
                "/v1/end_users?per_page=50",
                "/v1/end_users?per_page=50&sort_key=created_at&sort_order=asc&page=2",
                "/v1/end_users/700001",
                "/v1/end_users/1"
            })
    void preparedPagesAreTheSameAsLiveOnes(String path) {
        try (WootricSimulator prepared = WootricSimulator.prepared(company);
                WootricSimulator live = WootricSimulator.start(
                        company, WootricSimulator.Options.standard().callsPerMinute(0))) {
            Reply expected = Web.wootric(live).get(path);
            Reply reply = Web.wootric(prepared).get(path);
            assertThat(reply.status()).isEqualTo(expected.status());
            assertThat(reply.body()).isEqualTo(expected.body());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT Id, Email, AccountId, Account.Name, Title, SystemModstamp FROM Contact",
                "SELECT Id, Email FROM Contact ORDER BY SystemModstamp DESC, Id LIMIT 2100 OFFSET 3",
                "SELECT Id FROM Contact WHERE Title = 'Key Contact' ORDER BY Id",
                "SELECT Id, Name FROM Account ORDER BY Id",
                "SELECT COUNT() FROM Account",
                "SELECT Nothing__c FROM Contact"
            })
    void preparedQueriesAreTheSameAsLiveOnes(String soql) {
        try (SalesforceSimulator prepared = SalesforceSimulator.prepared(company, true);
                SalesforceSimulator live = SalesforceSimulator.start(company)) {
            assertThat(pages(Web.salesforce(prepared), soql)).isEqualTo(pages(Web.salesforce(live), soql));
        }
    }

    @Test
    void preparedCollectionsAcknowledgeAndCount() {
        try (SalesforceSimulator prepared = SalesforceSimulator.prepared(company, true)) {
            Web web = Web.salesforce(prepared);
            String rows = SalesforceFixture.records(
                    SalesforceFixture.response("w:1", "\"Comment__c\":\"{\\\"records\\\":[1]}\""),
                    SalesforceFixture.response("w:2", "\"Score__c\":9"),
                    "{\"attributes\":{\"type\":\"NPS_Response__c\"}}");
            JsonNode first = web.json("PATCH", SalesforceFixture.UPSERT, rows).json();
            JsonNode second = web.json("PATCH", SalesforceFixture.UPSERT, rows).json();
            assertThat(first).extracting(r -> r.path("created").asText()).containsExactly("true", "true", "");
            assertThat(second).extracting(r -> r.path("created").asText()).containsExactly("false", "false", "");
            assertThat(second.get(1).path("id")).isEqualTo(first.get(1).path("id"));
            assertThat(SalesforceId.normal(first.get(0).path("id").asText())).isPresent();
            String id = company.contact(1).id();
            JsonNode update = web.json(
                            "PATCH",
                            SalesforceFixture.UPDATE,
                            SalesforceFixture.records(SalesforceFixture.contactRow(id, "\"NPS_Score__c\":9")))
                    .json();
            assertThat(update.get(0).path("id").asText()).isEqualTo(id);
            assertThat(prepared.created()).containsEntry("NPS_Response__c", 2L);
            assertThat(prepared.updated()).containsEntry("NPS_Response__c", 2L).containsEntry("Contact", 1L);
        }
    }

    @Test
    void aLargeCompanyIsInOrderToo() {
        Company large = Company.of(1, 2_000, 30_000, 400_000, CompanyTest.ANCHOR);
        long last = 0;
        for (int i = 0; i < large.responseCount(); i += 997) {
            Response response = large.response(i);
            assertThat(response.created().getEpochSecond()).isGreaterThanOrEqualTo(last);
            last = response.created().getEpochSecond();
        }
        assertThat(large.responseCount()).isEqualTo(400_000);
    }

    @Test
    void aKeySetTellsNewFromKnown() {
        KeySet keys = new KeySet();
        for (int i = 1; i <= 20_000; i++) {
            assertThat(keys.add("wootric:" + i)).isEqualTo(-i);
        }
        assertThat(keys.add("wootric:77")).isEqualTo(77);
        assertThat(keys.size()).isEqualTo(20_000);
    }

    private static List<JsonNode> pages(Web web, String soql) {
        List<JsonNode> records = new ArrayList<>();
        JsonNode page = web.query(soql).json();
        while (true) {
            records.add(page.path("totalSize"));
            page.path("records").forEach(records::add);
            if (!page.isObject()) {
                records.add(page);
            }
            if (!page.has("nextRecordsUrl")) {
                return records;
            }
            page = web.get(page.path("nextRecordsUrl").asText()).json();
        }
    }
}
