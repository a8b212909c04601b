package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Configuration;
import bellwether.mapping.Secret;
import bellwether.source.Connection;
import bellwether.source.TestConnections;
import bellwether.source.Tool;
import bellwether.source.Tools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of single values of SurveyMonkey's answers. */
class ScrubTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "q7-secret-key";

    private Harmless harmless;

    private JsonNode scrubbed(String json) throws IOException {
        var configuration = new Configuration(Path.of("."), variable -> null);
        Tool tool = Tools.load(configuration, "surveymonkey").value();
        Connection connection = TestConnections.connection(
                tool, "https://api.acmecorp.test/v3", Map.of("access_token", new Secret(KEY)), null, 6, List.of());
        JsonNode tree = JSON.readTree(json.replace('\'', '"'));
        Places places = new Places(connection);
        places.read(tool, tree);
        var words = new Vocabulary(configuration.tree("tools", "surveymonkey"), tool);
        harmless = new Harmless(connection, words, places, Set.of(KEY));
        Scrub scrub = new Scrub(words, places, harmless, connection.baseUrl());
        return scrub.tree(tree);
    }

    private String one(String value) throws IOException {
        return scrubbed("{'x':" + value + "}").path("x").asText();
    }

    @Test
    void whatTheFileNamesStays() throws IOException {
        String row =
                "{'id':'5007154325','survey_id':'187003','response_status':'completed','date_created':'2026-11-02T10:00:00+00:00',"
                        + "'score':'9','done':true,'none':null,'empty':'','dots':'…'}";
        assertThat(scrubbed(row)).isEqualTo(JSON.readTree(row.replace('\'', '"')));
    }

    @Test
    void theSameIsTheSameWhereverItStandsAndNothingElseIs() throws IOException {
        JsonNode all = scrubbed(
                "{'a':'Ada','b':['Ada','Bob'],'n':4711,'t':'4711','ada':1,'d':{'Ada B':'4711'},'first_name':'Ada'}");
        assertThat(all.path("a"))
                .isEqualTo(all.path("b").get(0))
                .isNotEqualTo(all.path("b").get(1));
        assertThat(all.path("n").asText())
                .isEqualTo(all.path("t").asText())
                .isNotEqualTo("4711")
                .hasSize(4);
        assertThat(all.toString()).doesNotContain("Ada", "Bob", "4711");
    }

    @Test
    void aValueIsNoNameOfAField() throws IOException {
        JsonNode all = scrubbed("{'team_lead':'zedekiah','zedekiah':'team_lead','Jane Roe':1}");
        assertThat(all.path("team_lead").asText()).hasSize(8).isNotEqualTo("zedekiah");
        assertThat(all.toString()).doesNotContain("Jane", ":\"team_lead");
    }

    @Test
    void peopleAddressesAndNumbersBecomeNobodys() throws IOException {
        assertThat(one("'Ada@acmecorp.test; bo@b.test'")).isEqualTo("person1@example.test;person2@example.test");
        assertThat(one("'10.1.2.3'")).isEqualTo("192.0.2.1");
        assertThat(one("'fe80::1ff:fe23'")).isEqualTo("2001:db8::1");
        assertThat(one("'https://acmecorp.test/a?b=c'")).isEqualTo("https://example.test/1");
        assertThat(one("'+49 (30) 123-4567'")).isEqualTo("+1 555 0100 1");
        assertThat(one("'1980-05-06'")).isEqualTo("2020-01-01");
        assertThat(one("52.520008")).hasSize(9).doesNotStartWith("52.52");
        assertThat(one("'jane.doe1985'")).doesNotContain("jane", "doe", "1985");
        assertThat(one("'Größe 大'")).matches("[A-Z]\\p{L}{4} \\p{L}").isNotEqualTo("Größe 大");
        assertThat(one("'{\\'who\\':\\'Zed\\',\\'n\\':3}'".replace("\\'", "\\\"")))
                .matches("\\{\"[a-z]{3}\":\"[A-Z][a-z]{2}\",\"n\":3}");
        assertThat(one("'${HOME} {base_url}'")).doesNotContain("$", "{");
    }

    @Test
    void anIdThatIsAWordOrSomebodyIsNone() throws IOException {
        JsonNode all = scrubbed("{'rows':[{'id':'jane.doe1985'},{'id':'acmecorp7'},{'id':'ada7'},{'id':'" + KEY
                + "'},{'id':'a7@b.test'}," + "{'id':'0b8f4e1c-9d2a-4c51-8f00-aaaabbbbcccc'}],'first_name':'Ada Wong'}");
        assertThat(all.toString())
                .doesNotContain("jane", "acmecorp", KEY, "a7@b")
                .contains("0b8f4e1c-9d2a-4c51-8f00-aaaabbbbcccc");
    }

    @Test
    void anIdOfSomebodyIsReplacedHoweverItLooks() throws IOException {
        JsonNode all = scrubbed("{'rows':[{'id':'r-1'},{'id':'p-17'},{'id':'k-" + KEY.substring(0, 2)
                + "-77'}],'recipient_id':'p-17'}");
        assertThat(all.toString()).contains("r-1", "k-q7-77").doesNotContain("p-17");
        assertThat(all.at("/rows/1/id")).isEqualTo(all.path("recipient_id"));
    }

    @Test
    void theNextPageIsUnderTheContractsAddress() throws IOException {
        JsonNode all =
                scrubbed("{'links':{'next':'https://api.acmecorp.test/v3/surveys/187003/responses/bulk?page=2&key="
                        + KEY + "&who=ada%40acmecorp.test'},'data':[{'id':'187003'}]}");
        assertThat(all.at("/links/next").asText())
                .startsWith("{base_url}/surveys/187003/responses/bulk?page=2&key=")
                .endsWith("&who=person1%40example.test")
                .doesNotContain(KEY);
    }

    @Test
    void aQuestionIsStillFoundByItsTitle() throws IOException {
        assertThat(one("'Would you RECOMMEND Acme?'")).endsWith(" recommend").doesNotContain("Acme", "RECOMMEND");
    }

    @Test
    void whatIsLeftIsFoundHoweverItIsWritten() throws IOException {
        scrubbed("{'email_address':'ada@acmecorp.test'}");
        for (String left : List.of(
                "'ADA@acmecorp.test'", "'x ada%40acmecorp.test'", "'zzYWRhQGFjbWVjb3JwLnRlc3Q='", "'" + KEY + "'")) {
            assertThat(Leaks.in(JSON.readTree(("[" + left + "]").replace('\'', '"')), harmless.hidden()))
                    .as(left)
                    .isPositive();
        }
        assertThat(Leaks.in(JSON.readTree("[\"ada\", \"acmecorp\"]"), harmless.hidden()))
                .isZero();
    }
}
