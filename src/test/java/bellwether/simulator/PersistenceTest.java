package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.StillClock;
import bellwether.simulator.Company.Growth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest {
    private static final String UPSERT = SalesforceFixture.UPSERT;

    @TempDir
    Path folder;

    private final StillClock clock = new StillClock(CompanyTest.ANCHOR);

    @Test
    void theCompanyIsTheSameAfterARestart() {
        Company first = open(CompanyTest.ANCHOR).withFlaws();
        Growth growth = first.grow(CompanyTest.ANCHOR.plusSeconds(600), 5, 7, 2);
        assertThat(growth.contacts()).hasSize(2);
        Company second = open(CompanyTest.ANCHOR.plus(Duration.ofDays(1))).withFlaws();
        assertThat(second.anchor()).isEqualTo(CompanyTest.ANCHOR);
        assertThat(CompanyTest.responses(second)).isEqualTo(CompanyTest.responses(first));
        assertThat(second.contactCount()).isEqualTo(102);
        assertThat(second.contact(101)).isEqualTo(first.contact(101));
        assertThat(second.grow(CompanyTest.ANCHOR.plusSeconds(900), 1, 0, 0)
                        .added()
                        .get(0)
                        .id())
                .isEqualTo(growth.added().get(4).id() + 7);
    }

    @Test
    void theOrgIsTheSameAfterARestart() {
        Company company = open(CompanyTest.ANCHOR);
        List<Map<String, Object>> contacts;
        List<Map<String, Object>> responses;
        try (SalesforceSimulator first = start(company)) {
            company.grow(clock.instant(), 0, 0, 1);
            String newcomer = company.contact(100).id();
            Web web = Web.salesforce(first);
            String rows = SalesforceFixture.records(
                    SalesforceFixture.response(
                            "w:1", "\"Score__c\":9,\"Comment__c\":\"🙂\",\"Contact__c\":\"" + newcomer + "\""),
                    SalesforceFixture.response("w:2", "\"Score__c\":\"bad\""));
            web.json("PATCH", UPSERT, rows);
            web.json(
                    "PATCH",
                    UPSERT,
                    SalesforceFixture.records(SalesforceFixture.response("w:1", "\"Comment__c\":null")));
            first.edit("Contact", newcomer, Map.of("NPS_Score__c", 9));
            first.merge("Contact", company.contact(3).id(), company.contact(4).id());
            contacts = first.records("Contact");
            responses = first.records("NPS_Response__c");
        }
        clock.advance(Duration.ofDays(1));
        try (SalesforceSimulator second = start(open(CompanyTest.ANCHOR))) {
            assertThat(second.records("Contact")).isEqualTo(contacts).hasSize(101);
            assertThat(second.records("NPS_Response__c")).isEqualTo(responses);
            assertThat(second.creations("NPS_Response__c")).isEqualTo(Map.of("w:1", 1));
            assertThat(second.updated()).isEqualTo(Map.of("NPS_Response__c", 1L));
            Web web = Web.salesforce(second);
            String again = SalesforceFixture.records(
                    SalesforceFixture.response("w:1", ""), SalesforceFixture.response("w:3", ""));
            var results = web.json("PATCH", UPSERT, again).json();
            assertThat(results.get(0).path("created").asBoolean()).isFalse();
            assertThat(results.get(1).path("created").asBoolean()).isTrue();
            assertThat(results.get(1).path("id")).isNotEqualTo(results.get(0).path("id"));
        }
    }

    @Test
    void whatIsRolledBackIsNotKept() {
        try (SalesforceSimulator first = start(open(CompanyTest.ANCHOR))) {
            String rows = SalesforceFixture.response("w:1", "") + ","
                    + SalesforceFixture.response("w:2", "\"Score__c\":\"bad\"");
            Web.salesforce(first).json("PATCH", UPSERT, "{\"allOrNone\":true,\"records\":[" + rows + "]}");
        }
        try (SalesforceSimulator second = start(open(CompanyTest.ANCHOR))) {
            assertThat(second.records("NPS_Response__c")).isEmpty();
        }
    }

    @Test
    void aCutLastLineIsDroppedAndWritingGoesOn() throws IOException {
        Path journal = folder.resolve("salesforce.jsonl");
        try (SalesforceSimulator first = start(open(CompanyTest.ANCHOR))) {
            Web.salesforce(first)
                    .json("PATCH", UPSERT, SalesforceFixture.records(SalesforceFixture.response("w:1", "")));
        }
        String line = Files.readString(journal);
        Files.writeString(journal, line.substring(0, line.length() / 2), StandardOpenOption.APPEND);
        try (SalesforceSimulator second = start(open(CompanyTest.ANCHOR))) {
            assertThat(second.creations("NPS_Response__c")).isEqualTo(Map.of("w:1", 1));
            Web.salesforce(second)
                    .json("PATCH", UPSERT, SalesforceFixture.records(SalesforceFixture.response("w:2", "")));
        }
        try (SalesforceSimulator third = start(open(CompanyTest.ANCHOR))) {
            assertThat(third.creations("NPS_Response__c")).isEqualTo(Map.of("w:1", 1, "w:2", 1));
        }
    }

    private Company open(Instant anchor) {
        return Company.open(folder, 42, 20, 100, 300, anchor);
    }

    private SalesforceSimulator start(Company company) {
        return SalesforceSimulator.start(
                company, SalesforceSimulator.Options.standard().clock(clock).keptIn(folder));
    }
}
