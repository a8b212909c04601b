package bellwether.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final Map<String, String> VALUES = Map.of("tenant", "a/b c", "parent.id", "31");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void namesAreFilledInAndListed() {
        Template template = Template.of("https://{tenant}.acme.test/{parent.id}/x");
        assertThat(template.names()).containsExactlyInAnyOrder("tenant", "parent.id");
        assertThat(template.fill(VALUES::get)).isEqualTo("https://a/b c.acme.test/31/x");
        assertThat(template.path(VALUES::get)).isEqualTo("https://a%2Fb%20c.acme.test/31/x");
    }

    @Test
    void whatNamesSomethingUnsetIsLeftOut() {
        assertThat(Template.of("x{region}").fill(VALUES::get)).isNull();
    }

    @Test
    void otherBracesAreText() {
        Template query = Template.of("query { nodes { id } { }");
        assertThat(query.names()).isEmpty();
        assertThat(query.fill(VALUES::get)).isEqualTo("query { nodes { id } { }");
    }

    @Test
    void theSessionWaitsForWhoeverSigns() {
        assertThat(Template.of("/{session}/{tenant}").path(VALUES::get)).isEqualTo("/{session}/a%2Fb%20c");
        assertThat(Template.of("/{session}").path(name -> "s 1")).isEqualTo("/s%201");
    }

    @Test
    void aBodyKeepsKindsOfValues() throws Exception {
        JsonTemplate body = JsonTemplate.of(MAPPER.readTree("""
                {"first": "{size}", "ids": "{ids}", "text": "since {from}", "deep": [{"x": "{tenant}"}, "{gone}", 5, null, true],
                 "gone": "{gone}", "key": "{session}", "literal": "{ id }"}"""));
        assertThat(body.names()).containsExactlyInAnyOrder("size", "ids", "from", "tenant", "gone", "session");
        Map<String, JsonNode> values = Map.of(
                "size", MAPPER.readTree("50"),
                "ids", MAPPER.readTree("[\"1\",\"2\"]"),
                "from", MAPPER.readTree("1767225600"),
                "tenant", MAPPER.readTree("\"31\""));
        assertThat(body.fill(values::get)).isEqualTo(MAPPER.readTree("""
                        {"first": 50, "ids": ["1","2"], "text": "since 1767225600", "deep": [{"x": "31"}, 5, null, true],
                         "key": "{session}", "literal": "{ id }"}"""));
    }
}
