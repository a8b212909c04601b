package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.simulator.Web.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SalesforceQueryTest extends SalesforceFixture {
    @Override
    SalesforceSimulator.Options options() {
        return super.options().rowsPerQuery(30);
    }

    @Test
    void pagesAreFollowedToTheEnd() {
        JsonNode page = web.query("SELECT Id, Email, AccountId FROM Contact ORDER BY Id")
                .json();
        assertThat(page.path("totalSize").asInt()).isEqualTo(100);
        List<String> ids = new ArrayList<>(ids(page));
        int pages = 1;
        while (!page.path("done").asBoolean()) {
            assertThat(page.path("nextRecordsUrl").asText())
                    .matches("/services/data/v66\\.0/query/01g\\w{15}-" + 30 * pages);
            page = web.get(page.path("nextRecordsUrl").asText()).json();
            ids.addAll(ids(page));
            pages++;
        }
        assertThat(pages).isEqualTo(4);
        assertThat(page.has("nextRecordsUrl")).isFalse();
        assertThat(ids)
                .isEqualTo(IntStream.range(0, 100).mapToObj(this::contact).toList());
    }

    @Test
    void recordsSayWhatTheyAreAndNumbersAreDoubles() {
        simulator.edit("Contact", contact(0), Map.of("NPS_Score__c", 9));
        Reply reply = web.query(
                "SELECT Id, NPS_Score__c, Account.Name, Account.OwnerId FROM Contact WHERE Id = '" + contact(0) + "'");
        JsonNode record = reply.json().at("/records/0");
        assertThat(record.at("/attributes/url").asText()).isEqualTo(DATA + "/sobjects/Contact/" + contact(0));
        assertThat(record.at("/Account/Name").asText())
                .isEqualTo(company.account(0).name());
        assertThat(record.at("/Account/attributes/type").asText()).isEqualTo("Account");
        assertThat(reply.body()).contains("\"NPS_Score__c\":9.0");
    }

    @Test
    void contactsAreFoundByEmailInAnyCaseAndWithEscapes() {
        simulator.edit("Contact", contact(0), Map.of("Email", "O'Brien@x.test"));
        assertThat(ids(web.query("SELECT Id FROM Contact WHERE Email IN ('o\\'brien@X.TEST', 'no\\\\body@x.test')")
                        .json()))
                .containsExactly(contact(0));
        assertThat(web.query("SELECT Id FROM Contact WHERE Email = 'a\\x'")
                        .json()
                        .at("/0/errorCode")
                        .asText())
                .isEqualTo("MALFORMED_QUERY");
    }

    @Test
    void changesAreReadBySystemModstampWithoutOurOwn() {
        clock.advance(Duration.ofHours(1));
        String since = clock.instant().toString();
        simulator.edit("Contact", contact(7), Map.of("Title", "Key Contact"));
        update(contactRow(contact(8), "\"NPS_Score__c\":9"));
        String changed = "SELECT Id FROM Contact WHERE SystemModstamp >= " + since;
        assertThat(ids(web.query(changed + " ORDER BY SystemModstamp, Id").json()))
                .containsExactly(contact(7), contact(8));
        assertThat(ids(web.query(changed + " AND LastModifiedById != '" + simulator.integrationUserId() + "'")
                        .json()))
                .containsExactly(contact(7));
        assertThat(ids(web.query("SELECT Id FROM Contact WHERE SystemModstamp > " + since.replace("Z", ".000+00:00"))
                        .json()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NPS_Score__c = 9                                   | 1",
                "NPS_Score__c >= 8                                  | 2",
                "NPS_Score__c < 9 AND NPS_Score__c != null          | 1",
                "NPS_Score__c = null                                | 8",
                "NPS_Score__c != 9                                  | 9",
                "NOT NPS_Score__c = 9                               | 9",
                "NPS_Score__c IN (8, 9)                             | 2",
                "NPS_Score__c NOT IN (8, 9)                         | 8",
                "(NPS_Score__c = 8 OR NPS_Score__c = 9) AND Title = 'tester' | 2",
                "NPS_Category__c = 'promoter'                       | 1",
                "NPS_Category__c LIKE 'pro%'                        | 1",
                "NPS_Category__c LIKE '%s_ive'                      | 1",
                "IsDeleted = false                                  | 10",
                "NPS_Date__c > 2026-01-01T00:00:00Z                 | 1",
                "NPS_Date__c <= 2026-01-01T00:00:00Z                | 0"
            })
    void conditionsMeanWhatTheySay(String condition, int count) {
        for (int i = 0; i < 10; i++) {
            simulator.edit("Contact", contact(i), Map.of("Title", "Tester"));
        }
        simulator.edit(
                "Contact",
                contact(0),
                Map.of("NPS_Score__c", 9, "NPS_Category__c", "Promoter", "NPS_Date__c", "2026-03-04T05:06:07Z"));
        simulator.edit("Contact", contact(1), Map.of("NPS_Score__c", 8, "NPS_Category__c", "Passive"));
        Reply reply = web.query("SELECT COUNT() FROM Contact WHERE Title = 'Tester' AND (" + condition + ")");
        assertThat(reply.json().path("totalSize").asInt())
                .describedAs(reply.body())
                .isEqualTo(count);
    }

    @Test
    void sortedAndLimited() {
        for (int i = 0; i < 3; i++) {
            simulator.edit("Account", account(i), Map.of("NPS__c", i == 1 ? -50 : 10 * i));
        }
        String where = " FROM Account WHERE Id IN ('" + account(0) + "','" + account(1) + "','" + account(2) + "','"
                + account(3) + "')";
        assertThat(ids(web.query("SELECT Id" + where + " ORDER BY NPS__c").json()))
                .containsExactly(account(3), account(1), account(0), account(2));
        assertThat(ids(web.query("SELECT Id" + where + " ORDER BY NPS__c DESC NULLS LAST LIMIT 2")
                        .json()))
                .containsExactly(account(2), account(0));
        assertThat(ids(web.query("SELECT Id" + where + " ORDER BY Id LIMIT 1 OFFSET 1")
                        .json()))
                .containsExactly(account(1));
    }

    @Test
    void idsAreTakenInBothLengths() {
        assertThat(ids(web.query("SELECT Id FROM Contact WHERE AccountId = '"
                                + account(0).substring(0, 15) + "'")
                        .json()))
                .containsExactly(contact(0), contact(1), contact(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT Colour__c FROM Contact                                    | INVALID_FIELD",
                "SELECT Id FROM Contact WHERE Colour__c = 'x'                     | INVALID_FIELD",
                "SELECT Id, Owned.Name FROM Contact                               | INVALID_FIELD",
                "SELECT Id FROM Contact WHERE SystemModstamp > '2026-01-01T00:00:00Z' | INVALID_FIELD",
                "SELECT Id FROM Contact WHERE NPS_Score__c = '9'                  | INVALID_FIELD",
                "SELECT Id FROM Contact WHERE NPS_Comment__c = 'x'                | INVALID_FIELD",
                "SELECT Id FROM Contact WHERE Email = 9                           | INVALID_FIELD",
                "SELECT Id FROM Contact WHERE Id = 'abc'                          | INVALID_QUERY_FILTER_OPERATOR",
                "SELECT Id FROM Nothing                                           | INVALID_TYPE",
                "SELECT Id                                                        | MALFORMED_QUERY",
                "SELECT Id FROM Contact WHERE                                     | MALFORMED_QUERY",
                "SELECT Id FROM Contact WHERE Email = 'open                       | MALFORMED_QUERY",
                "SELECT Id FROM Contact WHERE Email = nobody                      | MALFORMED_QUERY",
                "SELECT Id FROM Contact WHERE Id != null AND Id != null OR Id = null | MALFORMED_QUERY",
                "SELECT Id FROM Contact LIMIT x                                   | MALFORMED_QUERY",
                "SELECT Id FROM Contact; DELETE                                   | MALFORMED_QUERY"
            })
    void whatIsNotUnderstoodIsRefused(String soql, String code) {
        Reply reply = web.query(soql);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/0/errorCode").asText())
                .describedAs(reply.body())
                .isEqualTo(code);
        assertThat(reply.json().at("/0/message").asText()).isNotBlank();
    }

    @Test
    void deletedAndMergedRecordsAreSeenOnlyByQueryAll() {
        simulator.merge("Contact", contact(5), contact(6));
        String soql = "SELECT Id, IsDeleted, MasterRecordId FROM Contact WHERE Id = '" + contact(5) + "'";
        assertThat(web.query(soql).json().path("totalSize").asInt()).isZero();
        JsonNode record =
                web.get(DATA + "/queryAll/?q=" + Web.encoded(soql)).json().at("/records/0");
        assertThat(record.path("IsDeleted").asBoolean()).isTrue();
        assertThat(record.path("MasterRecordId").asText()).isEqualTo(contact(6));
    }

    @Test
    void aRequestLineWithHeadersBeyond16KbIsRefused() {
        String emails = String.join(",", java.util.Collections.nCopies(600, "'somebody.with.a.name@example.test'"));
        Reply refused = web.query("SELECT Id FROM Contact WHERE Email IN (" + emails + ")");
        assertThat(refused.status()).isIn(414, 431);
        String fewer = String.join(",", java.util.Collections.nCopies(300, "'somebody.with.a.name@example.test'"));
        assertThat(web.query("SELECT Id FROM Contact WHERE Email IN (" + fewer + ")")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownLocatorIsRefused() {
        assertThat(web.get(DATA + "/query/" + SalesforceId.of("01g", 99) + "-30")
                        .json()
                        .at("/0/errorCode")
                        .asText())
                .isEqualTo("INVALID_QUERY_LOCATOR");
    }

    @Test
    void describeTellsEveryFieldThePushNeeds() {
        JsonNode fields =
                web.get(DATA + "/sobjects/NPS_Response__c/describe").json().path("fields");
        JsonNode key = field(fields, "Response_Id__c");
        assertThat(key.path("externalId").asBoolean() && key.path("unique").asBoolean())
                .isTrue();
        assertThat(key.path("length").asInt()).isEqualTo(80);
        assertThat(field(fields, "Comment__c").path("length").asInt()).isEqualTo(32_768);
        assertThat(field(fields, "CreatedDate").path("updateable").asBoolean()).isFalse();
        JsonNode account = web.get(DATA + "/sobjects/Account/describe").json().path("fields");
        assertThat(field(account, "NPS_Health__c").path("picklistValues"))
                .extracting(v -> v.path("value").asText())
                .containsExactly("Good", "Average", "Poor", "Unknown");
        assertThat(web.get(DATA + "/sobjects/").json().path("sobjects"))
                .extracting(o -> o.path("name").asText())
                .contains("Account", "Contact", "NPS_Response__c", "Task");
        assertThat(web.get(DATA + "/sobjects/Nothing/describe").status()).isEqualTo(404);
    }

    @Test
    void fieldsCanBeAddedAndRemoved() {
        simulator.addAccountFields("_Q");
        simulator.addField("Contact", "Extra__c", "string", 10);
        simulator.removeField("Contact", "NPS_Comment__c");
        JsonNode account = web.get(DATA + "/sobjects/Account/describe").json().path("fields");
        assertThat(field(account, "NPS_Promoters_Q__c").isMissingNode()).isFalse();
        assertThat(field(account, "NPS_Q__c").isMissingNode()).isFalse();
        assertThat(update(contactRow(contact(1), "\"Extra__c\":\"x\""))
                        .get(0)
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(code(update(contactRow(contact(1), "\"NPS_Comment__c\":\"x\""))
                        .get(0)))
                .isEqualTo("INVALID_FIELD");
        assertThat(web.query("SELECT NPS_Comment__c FROM Contact").status()).isEqualTo(400);
    }

    private static JsonNode field(JsonNode fields, String name) {
        for (JsonNode field : fields) {
            if (field.path("name").asText().equals(name)) {
                return field;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
}
