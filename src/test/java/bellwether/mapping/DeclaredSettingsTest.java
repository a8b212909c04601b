package bellwether.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tool's file declares under {@code settings} is what its connections may and must say. */
class DeclaredSettingsTest {
    @TempDir
    Path home;

    @BeforeEach
    void files() throws IOException {
        write("config/health.yaml", "policy: latest_per_person\n");
        String wootric = Files.readString(Path.of("mappings/tools/wootric.yaml"));
        write("mappings/tools/wootric.yaml", wootric);
        int begin = wootric.indexOf("settings:");
        write(
                "mappings/tools/acme.yaml",
                wootric.substring(0, begin).replace("tool: wootric", "tool: acme")
                        + """
                        settings:
                          tenant: {required: true, what: the first part of your address}
                          api_key: {required: true, secret: true, what: Settings > API}
                          region: {default: us, what: where it is, unverified: named by one source}
                          note: {what: anything}
                        """
                        + wootric.substring(wootric.indexOf("base_url:")));
    }

    @Test
    void everyMistakeIsToldAtOnceWithItsLine() throws IOException {
        write("config/connections.yaml", """
                tools:
                  one:
                    tool: acme
                    nps_surveys: all
                    client_id: a
                    regoin: eu
                    tenant: [x]
                """);

        assertThat(texts())
                .containsExactly(
                        "config/connections.yaml:2: tools.one: the key 'api_key' is missing. Settings > API.",
                        "config/connections.yaml:5: tools.one.client_id: this key is not known here. Known keys: tool, source,"
                                + " follows, enabled, base_url, login_url, schedule, backfill_months, rescan, page_size, nps_surveys,"
                                + " csat_surveys, ces_surveys, accept_partial, requests_per_minute, requests_per_day, timeout, proxy, files, ca_file, tenant, api_key, region,"
                                + " note.",
                        "config/connections.yaml:6: tools.one.regoin: this key is not known here. Did you mean 'region'?",
                        "config/connections.yaml:7: tools.one.tenant: this must be text or a number or true or false, not a list."
                                + " the first part of your address.");
    }

    @Test
    void valuesDefaultsFilesAndVariablesAreThere() throws IOException {
        write("secrets/acme", "canary-7\n");
        write("config/connections.yaml", """
                tools:
                  one:
                    tool: acme
                    nps_surveys: all
                    tenant: 31
                    api_key_file: secrets/acme
                    note: ${NOTE:}
                  two: {tool: acme, nps_surveys: all, tenant: "${TENANT}", api_key: b, region: eu}
                """);

        Loaded<Settings> loaded = load();

        assertThat(loaded.mistakes()).isEmpty();
        ToolSettings one = loaded.value().tools().get("one");
        assertThat(one.setting("tenant")).isEqualTo("31");
        assertThat(one.setting("api_key")).isEqualTo("canary-7");
        assertThat(one.setting("region")).isEqualTo("us");
        assertThat(one.setting("note")).isNull();
        assertThat(loaded.value().tools().get("two").setting("tenant")).isEqualTo("007");
        assertThat(loaded.value().tools().get("two").setting("region")).isEqualTo("eu");
        assertThat(loaded.toString()).doesNotContain("canary");
    }

    @Test
    void onlyASecretMayStandInAFile() throws IOException {
        write("config/connections.yaml", """
                tools:
                  one: {tool: acme, nps_surveys: all, tenant_file: x, api_key: b}
                """);

        assertThat(texts()).hasSize(2).allSatisfy(text -> assertThat(text).contains("tenant"));
    }

    @Test
    void ofAConnectionWithoutItsToolNothingElseIsJudged() throws IOException {
        write("config/connections.yaml", "tools:\n  one: {tool: nobody, nps_surveys: all, anything: goes}\n");

        assertThat(texts())
                .containsExactly("config/connections.yaml:2: tools.one.tool: there is no mappings/tools/nobody.yaml."
                        + " There are: acme, wootric.");
    }

    private Loaded<Settings> load() {
        return new Configuration(home, Map.of("TENANT", "007")::get).settings();
    }

    private List<String> texts() {
        return load().mistakes().stream().sorted().map(Mistake::toString).toList();
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
