package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.simulator.Web.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SalesforceWritesTest extends SalesforceFixture {
    @Test
    void resultsComePerRowInTheOrderOfTheRequestAndOneBadRowStopsNoOther() {
        String[] rows = IntStream.range(0, 100)
                .mapToObj(i ->
                        contactRow(contact(i), i == 50 ? "\"NPS_Score__c\":\"nine\"" : "\"NPS_Score__c\":" + i % 11))
                .toArray(String[]::new);
        JsonNode results = update(rows);
        assertThat(results).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(results.get(i).path("success").asBoolean()).isEqualTo(i != 50);
            assertThat(results.get(i).path("id").asText("none")).isEqualTo(i == 50 ? "none" : contact(i));
        }
        assertThat(results.get(50).at("/errors/0/fields/0").asText()).isEqualTo("NPS_Score__c");
        assertThat(simulator.record("Contact", contact(49))).containsEntry("NPS_Score__c", BigDecimal.valueOf(5));
        assertThat(simulator.record("Contact", contact(50))).doesNotContainKey("NPS_Score__c");
        assertThat(simulator.updated()).containsEntry("Contact", 99L);
    }

    @Test
    void objectsMayBeMixedInAnUpdate() {
        String accountRow = "{\"attributes\":{\"type\":\"Account\"},\"id\":\"" + account(3)
                + "\",\"NPS__c\":46.875,\"NPS_Promoters__c\":18}";
        JsonNode results = update(contactRow(contact(1), "\"NPS_Category__c\":\"Promoter\""), accountRow);
        assertThat(results).allMatch(result -> result.path("success").asBoolean());
        assertThat(simulator.record("Account", account(3)))
                .containsEntry("NPS__c", new BigDecimal("46.9"))
                .containsEntry("NPS_Promoters__c", BigDecimal.valueOf(18));
    }

    @Test
    void anUpdateNeverCreates() {
        int before = simulator.records("Contact").size();
        JsonNode results = update(
                "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"Nobody\"}",
                contactRow(SalesforceId.of("003", 123), "\"LastName\":\"Nobody\""),
                contactRow(account(1), "\"LastName\":\"Nobody\""));
        assertThat(code(results.get(0))).isEqualTo("MISSING_ARGUMENT");
        assertThat(code(results.get(1))).isEqualTo("INVALID_CROSS_REFERENCE_KEY");
        assertThat(code(results.get(2))).isEqualTo("INVALID_CROSS_REFERENCE_KEY");
        assertThat(simulator.records("Contact")).hasSize(before);
        assertThat(simulator.created()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"NPS_Colour__c\":\"red\"                         | INVALID_FIELD",
                "\"NPS_Score__c\":\"9\"                            | INVALID_TYPE_ON_FIELD_IN_RECORD",
                "\"NPS_Score__c\":true                             | INVALID_TYPE_ON_FIELD_IN_RECORD",
                "\"NPS_Score__c\":1e30                             | NUMBER_OUTSIDE_VALID_RANGE",
                "\"NPS_Date__c\":\"yesterday\"                     | INVALID_TYPE_ON_FIELD_IN_RECORD",
                "\"NPS_Source__c\":7                               | INVALID_TYPE_ON_FIELD_IN_RECORD",
                "\"NPS_Category__c\":\"Neutral\"                   | INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                "\"AccountId\":\"0015g00000\"                      | MALFORMED_ID",
                "\"Email\":\"nobody\"                              | INVALID_EMAIL_ADDRESS",
                "\"CreatedDate\":\"2026-01-01T00:00:00Z\"          | INVALID_FIELD_FOR_INSERT_UPDATE",
                "\"LastName\":null                                 | REQUIRED_FIELD_MISSING"
            })
    void aWrongValueIsThatRowsError(String field, String code) {
        assertThat(code(update(contactRow(contact(5), field)).get(0))).isEqualTo(code);
    }

    @Test
    void longTextsAreRefusedAndNotCut() {
        String result = code(update(contactRow(contact(5), "\"NPS_Source__c\":\"" + "x".repeat(256) + "\""))
                .get(0));
        assertThat(result).isEqualTo("STRING_TOO_LONG");
        assertThat(code(update(contactRow(contact(5), "\"NPS_Comment__c\":\"" + "ж".repeat(32_769) + "\""))
                        .get(0)))
                .isEqualTo("STRING_TOO_LONG");
        assertThat(code(update(contactRow(contact(5), "\"NPS_Comment__c\":\"" + "ж".repeat(32_768) + "\""))
                        .get(0)))
                .isEmpty();
    }

    @Test
    void malformedAndDeletedRecordsAreRowErrors() {
        simulator.delete("Contact", contact(9));
        JsonNode results =
                update(contactRow("003", "\"NPS_Score__c\":1"), contactRow(contact(9), "\"NPS_Score__c\":1"));
        assertThat(code(results.get(0))).isEqualTo("MALFORMED_ID");
        assertThat(code(results.get(1))).isEqualTo("ENTITY_IS_DELETED");
    }

    @Test
    void nullAndEmptyTextClearAField() {
        update(contactRow(contact(5), "\"NPS_Score__c\":4,\"NPS_Comment__c\":\"slow\""));
        update(contactRow(contact(5), "\"NPS_Score__c\":null,\"NPS_Comment__c\":\"\""));
        assertThat(simulator.record("Contact", contact(5))).doesNotContainKeys("NPS_Score__c", "NPS_Comment__c");
    }

    @Test
    void twoHundredRecordsAtMost() {
        String[] rows =
                IntStream.range(0, 201).mapToObj(i -> response("w:" + i, "")).toArray(String[]::new);
        Reply refused = web.json("PATCH", UPSERT, records(rows));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/0/errorCode").asText()).isEqualTo("EXCEEDED_ID_LIMIT");
        assertThat(web.json("PATCH", UPDATE, "{\"records\":[]}").status()).isEqualTo(400);
        assertThat(web.json("PATCH", UPDATE, "{\"records\":[").status()).isEqualTo(400);
    }

    @Test
    void tenChunksOfObjectsAtMost() {
        String rows = IntStream.range(0, 11)
                .mapToObj(i -> "{\"attributes\":{\"type\":\"" + (i % 2 == 0 ? "Contact" : "Account") + "\"},\"id\":\""
                        + (i % 2 == 0 ? contact(i) : account(i)) + "\"}")
                .collect(Collectors.joining(","));
        assertThat(web.json("PATCH", UPDATE, records(rows)).status()).isEqualTo(400);
    }

    @Test
    void allOrNoneRollsEverythingBack() {
        String rows = response("w:1", "\"Score__c\":9") + "," + response("w:2", "\"Score__c\":\"nine\"");
        JsonNode results = web.json("PATCH", UPSERT, "{\"allOrNone\":true,\"records\":[" + rows + "]}")
                .json();
        assertThat(code(results.get(0))).isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(code(results.get(1))).isEqualTo("INVALID_TYPE_ON_FIELD_IN_RECORD");
        assertThat(simulator.records("NPS_Response__c")).isEmpty();
        assertThat(simulator.created()).isEmpty();
        assertThat(upsert(response("w:1", "")).get(0).path("created").asBoolean())
                .isTrue();
    }

    @Test
    void aParentIsNamedByItsExternalId() {
        upsert(response("wootric:1", ""));
        JsonNode results = web.json(
                        "PATCH",
                        UPDATE + "/NPS_Signal__c/Signal_Id__c",
                        records(signal("a", "wootric:1"), signal("b", "wootric:2"), signal("c", null)))
                .json();
        assertThat(results.get(0).path("created").asBoolean()).isTrue();
        assertThat(code(results.get(1))).isEqualTo("INVALID_FIELD");
        assertThat(results.get(1).at("/errors/0/message").asText())
                .isEqualTo("Foreign key external ID: wootric:2 not found for field Response_Id__c in entity"
                        + " NPS_Response__c");
        assertThat(results.get(2).path("success").asBoolean()).isTrue();
        assertThat(simulator.records("NPS_Signal__c"))
                .extracting(signal -> signal.get("Response__c"))
                .containsExactly(simulator.records("NPS_Response__c").get(0).get("Id"), null);
    }

    private static String signal(String key, String response) {
        return "{\"attributes\":{\"type\":\"NPS_Signal__c\"},\"Signal_Id__c\":\"" + key + "\",\"Kind__c\":\"Warning\""
                + (response == null ? "" : ",\"Response__r\":{\"Response_Id__c\":\"" + response + "\"}") + "}";
    }

    @Test
    void anUpsertCreatesOnceAndThenUpdates() {
        String row = response(
                "wootric:1",
                "\"Score__c\":9,\"Contact__c\":\"" + contact(3)
                        + "\",\"Answered_At__c\":\"2026-11-03T10:12:00+01:00\"");
        JsonNode first = upsert(row).get(0);
        JsonNode second = upsert(row).get(0);
        assertThat(first.path("created").asBoolean()).isTrue();
        assertThat(second.path("created").asBoolean()).isFalse();
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(simulator.creations("NPS_Response__c")).isEqualTo(Map.of("wootric:1", 1));
        assertThat(simulator.updated()).isEqualTo(Map.of("NPS_Response__c", 1L));
        assertThat(simulator.record("NPS_Response__c", first.path("id").asText()))
                .containsEntry("Answered_At__c", "2026-11-03T09:12:00.000+0000")
                .containsEntry("Name", "NPSR-000001");
    }

    @Test
    void aRecordDeletedAndCreatedAgainCountsTwoCreations() {
        String id = upsert(response("w:1", "")).get(0).path("id").asText();
        simulator.delete("NPS_Response__c", id);
        assertThat(upsert(response("w:1", "")).get(0).path("created").asBoolean())
                .isTrue();
        assertThat(simulator.creations("NPS_Response__c")).isEqualTo(Map.of("w:1", 2));
    }

    @Test
    void oneExternalIdTwiceInARequestFailsBothRows() {
        JsonNode results = upsert(response("w:1", ""), response("w:2", ""), response("W:1", ""));
        assertThat(code(results.get(0))).isEqualTo("DUPLICATE_VALUE");
        assertThat(results.get(1).path("success").asBoolean()).isTrue();
        assertThat(code(results.get(2))).isEqualTo("DUPLICATE_VALUE");
        assertThat(simulator.creations("NPS_Response__c").keySet()).containsExactly("w:2");
    }

    @Test
    void anUpsertRowNeedsItsKeyAndMayNotCarryARecordId() {
        JsonNode results = upsert(
                "{\"attributes\":{\"type\":\"NPS_Response__c\"},\"Score__c\":3}",
                response("w:3", "\"id\":\"" + contact(1) + "\""));
        assertThat(code(results.get(0))).isEqualTo("MISSING_ARGUMENT");
        assertThat(code(results.get(1))).isEqualTo("INVALID_FIELD");
        assertThat(simulator.created()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Task/Id",
        "Task/Subject",
        "Contact/Email",
        "Contact/NPS_Score__c",
        "Account/Id",
        "NPS_Response__c/Survey__c",
        "Nothing__c/Id"
    })
    void onlyDeclaredExternalIdsCanBeUpserted(String target) {
        Reply refused = web.json(
                "PATCH", UPDATE + "/" + target, records("{\"attributes\":{\"type\":\"Task\"},\"Subject\":\"Call\"}"));
        assertThat(refused.status()).isIn(400, 404);
        assertThat(simulator.created()).isEmpty();
    }

    @Test
    void tasksCannotBeUpsertedEvenByAnExternalId() {
        simulator.addField("Task", "Key__c", "string", 40);
        String row = "{\"attributes\":{\"type\":\"Task\"},\"Key__c\":\"k\",\"Subject\":\"Call\"}";
        Reply refused = web.json("PATCH", UPDATE + "/Task/Key__c", records(row));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/0/errorCode").asText()).isEqualTo("INVALID_TYPE_FOR_OPERATION");
        assertThat(simulator.records("Task")).isEmpty();
    }

    @Test
    void tasksAreCreated() {
        JsonNode results = web.json(
                        "POST",
                        UPDATE,
                        records("{\"attributes\":{\"type\":\"Task\"},\"Subject\":\"Call\",\"WhoId\":\"" + contact(1)
                                + "\",\"ActivityDate\":\"2026-11-25\"}"))
                .json();
        assertThat(results.get(0).path("success").asBoolean()).isTrue();
        assertThat(simulator.records("Task")).singleElement().satisfies(t -> assertThat(t)
                .containsEntry("ActivityDate", "2026-11-25"));
        assertThat(simulator.creations("Task").values()).containsExactly(1);
    }

    @Test
    void aSecondCreationWithTheSameKeyIsADuplicate() {
        upsert(response("w:1", ""));
        JsonNode results = web.json(
                        "POST", UPDATE, records(response("w:1", ""), "{\"attributes\":{\"type\":\"Contact\"}}"))
                .json();
        assertThat(code(results.get(0))).isEqualTo("DUPLICATE_VALUE");
        assertThat(code(results.get(1))).isEqualTo("REQUIRED_FIELD_MISSING");
    }

    @Test
    void ourWritesAndThoseOfPeopleCarryDifferentUsersAndMoveTheStamp() {
        clock.advance(Duration.ofHours(1));
        update(contactRow(contact(1), "\"NPS_Score__c\":9"));
        simulator.edit("Contact", contact(2), Map.of("Email", "New.Address@x.test"));
        String stamp = Values.time(clock.instant());
        assertThat(simulator.record("Contact", contact(1)))
                .containsEntry("LastModifiedById", simulator.integrationUserId())
                .containsEntry("SystemModstamp", stamp);
        assertThat(simulator.record("Contact", contact(2)))
                .containsEntry("SystemModstamp", stamp)
                .containsEntry("Email", "New.Address@x.test")
                .doesNotContainEntry("LastModifiedById", simulator.integrationUserId());
        assertThat(simulator.updated()).isEqualTo(Map.of("Contact", 1L));
    }

    @Test
    void singleRecordsCanBeReadAndUpdated() {
        String path = DATA + "/sobjects/Contact/" + contact(4);
        assertThat(web.json("PATCH", path, "{\"NPS_Score__c\":7}").status()).isEqualTo(204);
        assertThat(web.get(path + "?fields=Id,NPS_Score__c")
                        .json()
                        .path("NPS_Score__c")
                        .asDouble())
                .isEqualTo(7.0);
        Reply refused = web.json("PATCH", path, "{\"Nothing__c\":7}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/0/errorCode").asText()).isEqualTo("INVALID_FIELD");
        assertThat(web.get(DATA + "/sobjects/Contact/" + SalesforceId.of("003", 5))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void compositeRunsItsPartsInOneCall() {
        String query = "{\"method\":\"GET\",\"referenceId\":\"q\",\"url\":\"" + DATA + "/query?q="
                + Web.encoded("SELECT Id FROM Contact LIMIT 1") + "\"}";
        String write = "{\"method\":\"PATCH\",\"referenceId\":\"w\",\"url\":\"" + UPSERT + "\",\"body\":"
                + records(response("w:9", "")) + "}";
        Reply reply = web.json("POST", DATA + "/composite", "{\"compositeRequest\":[" + query + "," + write + "]}");
        assertThat(reply.json().at("/compositeResponse/0/body/totalSize").asInt())
                .isEqualTo(1);
        assertThat(reply.json().at("/compositeResponse/1/body/0/created").asBoolean())
                .isTrue();
        assertThat(reply.header("Sforce-Limit-Info")).isEqualTo("api-usage=1/15000");
        String six = String.join(",", java.util.Collections.nCopies(6, query));
        assertThat(web.json("POST", DATA + "/composite", "{\"compositeRequest\":[" + six + "]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void compositeAllOrNoneRollsBack() {
        String write = "{\"method\":\"PATCH\",\"referenceId\":\"w\",\"url\":\"" + UPSERT + "\",\"body\":"
                + records(response("w:9", "")) + "}";
        String bad = "{\"method\":\"PATCH\",\"referenceId\":\"b\",\"url\":\"" + DATA + "/sobjects/Contact/" + contact(1)
                + "\",\"body\":{\"No__c\":1}}";
        JsonNode results = web.json(
                        "POST",
                        DATA + "/composite",
                        "{\"allOrNone\":true,\"compositeRequest\":[" + write + "," + bad + "]}")
                .json();
        assertThat(results.at("/compositeResponse/0/body/0/errorCode").asText()).isEqualTo("PROCESSING_HALTED");
        assertThat(simulator.records("NPS_Response__c")).isEmpty();
    }

    @Test
    void singleRowsCanBeToldToFail() {
        simulator.failRow("w:2", "UNABLE_TO_LOCK_ROW", 1);
        simulator.failRow(contact(1), "FIELD_CUSTOM_VALIDATION_EXCEPTION", 2);
        JsonNode first = upsert(response("w:1", ""), response("w:2", ""), response("w:3", ""));
        assertThat(first).extracting(SalesforceFixture::code).containsExactly("", "UNABLE_TO_LOCK_ROW", "");
        assertThat(upsert(response("w:2", "")).get(0).path("created").asBoolean())
                .isTrue();
        for (String code :
                new String[] {"FIELD_CUSTOM_VALIDATION_EXCEPTION", "FIELD_CUSTOM_VALIDATION_EXCEPTION", ""}) {
            assertThat(code(update(contactRow(contact(1), "\"NPS_Score__c\":1")).get(0)))
                    .isEqualTo(code);
        }
    }
}
