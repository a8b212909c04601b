package bellwether.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final String TOOL = """
            tools:
              wootric:
                tool: wootric
                client_id: a
                client_secret: b
                nps_surveys: all
            """;

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void shipped() throws IOException {
        write("config/health.yaml", "policy: latest_per_person\n");
        write("mappings/tools/wootric.yaml", Files.readString(Path.of("mappings/tools/wootric.yaml")));
    }

    @Test
    void everyMistakeOfEveryFileIsToldWithItsLine() throws IOException {
        write("config/health.yaml", "windows: [trailing_6_months, this_decade]\nmin_n_flag: 0\n");
        write("config/connections.yaml", """
                zone: Europe/Berlin
                tools:
                  wootric:
                    tool: wootric
                    client_id: ${CLIENT_ID}
                    client_secret: b
                    nps_survey: [31]
                    page_size: many
                    schedule: sometimes
                    push: on
                crms:
                  salesforce:
                    crm: salesforce
                    client_id: a
                    client_secret: b
                    push: perhaps
                    batch_size: 201
                """);

        assertThat(texts())
                .containsExactly(
                        "config/connections.yaml:3: tools.wootric: the key 'nps_surveys' is missing. The surveys that ask the NPS"
                                + " question: ids as a list or separated by commas, or the word all if every survey does. A survey"
                                + " named in no list is stored, not counted, and reported. For example: [31, 32].",
                        "config/connections.yaml:5: tools.wootric.client_id: the environment variable CLIENT_ID is not set."
                                + " Set it, or let CLIENT_ID_FILE name a file that holds it.",
                        "config/connections.yaml:7: tools.wootric.nps_survey: this key is not known here. Did you mean 'nps_surveys'?",
                        "config/connections.yaml:8: tools.wootric.page_size: this must be a whole number, not 'many'."
                                + " Rows per page; the tool's own most is in its file.",
                        "config/connections.yaml:9: tools.wootric.schedule: this is neither a period nor a cron expression."
                                + " Write 'every 5m', or a cron expression with seconds first like '0 0 2 * * ?'.",
                        "config/connections.yaml:10: tools.wootric.push: this key is not known here."
                                + " Known keys: tool, source, follows, enabled, base_url, login_url, schedule, backfill_months, rescan,"
                                + " page_size, nps_surveys, csat_surveys, ces_surveys, accept_partial, requests_per_minute, requests_per_day, timeout, proxy, files, ca_file,"
                                + " client_id, client_secret, webhook_secret.",
                        "config/connections.yaml:11: crms: no CRM is the directory. Write 'directory: true' at exactly one: its"
                                + " contacts and accounts are the people and accounts of Bellwether.",
                        "config/connections.yaml:16: crms.salesforce.push: 'perhaps' is not one of: off, preview, on."
                                + " off writes and computes nothing for this CRM, preview computes everything and writes nothing,"
                                + " on writes.",
                        "config/connections.yaml:17: crms.salesforce.batch_size: '201' is too large, the most is 200."
                                + " Rows per write call.",
                        "config/health.yaml:1: windows[1]: 'this_decade' is not a window: use this_ or last_ with week, month, quarter,"
                                + " half_year, year, fiscal_quarter, fiscal_half_year or fiscal_year; trailing_<n>_days;"
                                + " trailing_<n>_months; all_time; or two dates such as 2026-01-01..2026-03-31."
                                + " Or name one of your own in custom_windows.",
                        "config/health.yaml:2: min_n_flag: '0' is too small, the least is 1."
                                + " Below so many responses a value is marked indicative.");
    }

    @Test
    void aSurveyIsInOneListOfItsSource() throws IOException {
        write("config/connections.yaml", TOOL + """
                    csat_surveys: [77]
                  other:
                    tool: wootric
                    source: wootric
                    client_id: a
                    client_secret: b
                    nps_surveys: "77, 78"
                    csat_surveys: all
                  third:
                    tool: wootric
                    client_id: a
                    client_secret: b
                    nps_surveys: [77]
                    csat_surveys: all
                    ces_surveys: [all]
                """);

        assertThat(texts())
                .containsExactly(
                        "config/connections.yaml:13: tools.other.nps_surveys: survey 77 of source 'wootric' is in csat_surveys already."
                                + " A survey asks one kind of question: name it in one list, and write all in one at most.",
                        "config/connections.yaml:14: tools.other.csat_surveys: nps_surveys of source 'wootric' says all too."
                                + " A survey asks one kind of question: name it in one list, and write all in one at most.",
                        "config/connections.yaml:21: tools.third.ces_surveys: csat_surveys of source 'third' says all too."
                                + " A survey asks one kind of question: name it in one list, and write all in one at most.");
    }

    @Test
    void aBrokenConnectionIsLeftOutAndTheOthersWork() throws IOException {
        write("config/connections.yaml", TOOL + """
                  other:
                    tool: wootric
                    client_id: a
                    client_secret: b
                    nps_surveys: all
                    schedule: "61 0 0 * * ?"
                """);

        Loaded<Settings> loaded = load();

        assertThat(loaded.value().tools()).containsOnlyKeys("wootric");
        assertThat(loaded.value().broken()).containsOnlyKeys("other");
        assertThat(loaded.mistakes()).hasSize(1).first().satisfies(mistake -> {
            assertThat(mistake.line()).isEqualTo(12);
            assertThat(mistake.what()).startsWith("this is neither a period nor a cron expression.");
        });
    }

    @Test
    void aMistakeBesideTheConnectionsStopsEverything() throws IOException {
        write("config/connections.yaml", "zone: Berlin\n" + TOOL);

        assertThat(load().value()).isNull();
        assertThat(texts())
                .containsExactly(
                        "config/connections.yaml:1: zone: 'Berlin' is no time zone. Write one like Europe/Berlin or UTC.");
    }

    @Test
    void namesOfConnectionsAreChecked() throws IOException {
        write("config/connections.yaml", TOOL.replace("  wootric:", "  Wootric EU:"));

        assertThat(load().value().broken()).containsOnlyKeys("Wootric EU");
        assertThat(texts()).hasSize(1).first().asString().startsWith("config/connections.yaml:2: tools.Wootric EU: ");
    }

    @Test
    void aToolAndACrmDoNotShareAName() throws IOException {
        write(
                "config/connections.yaml",
                TOOL + "crms:\n  wootric: {crm: salesforce, client_id: a, client_secret: b, directory: true}\n");

        assertThat(texts())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("config/connections.yaml:8: crms.wootric: a tool's connection");
    }

    @Test
    void anAnswerDoesNotWaitUntilNobodyActsOnIt() throws IOException {
        write("config/connections.yaml", TOOL + "    accept_partial: after_12h\n");
        assertThat(texts()).isEmpty();
        write("config/health.yaml", "max_act_age: 12h\n");

        assertThat(texts())
                .containsExactly(
                        "config/connections.yaml:7: tools.wootric.accept_partial: an answer that counts after 12 hours is older than"
                                + " max_act_age: nobody would act on it. Write more than 12h at 'max_act_age' in config/health.yaml,"
                                + " or another word here.");
    }

    @Test
    void aToolWithoutAFileIsToldWhereItIsNamed() throws IOException {
        write("config/connections.yaml", TOOL.replace("tool: wootric", "tool: wotric"));

        assertThat(texts())
                .containsExactly(
                        "config/connections.yaml:3: tools.wootric.tool: there is no mappings/tools/wotric.yaml."
                                + " Did you mean 'wootric'?");
        assertThat(load().value().broken()).containsOnlyKeys("wootric");
    }

    @Test
    void aVariableThatIsNotClosedIsNotTakenForTheValue() throws IOException {
        environment.put("ID", "x");
        for (String wrong : List.of("${ID", "${my-id}", "a${ID}${", "${}")) {
            write("config/connections.yaml", TOOL.replace("client_id: a", "client_id: '" + wrong + "'"));
            assertThat(texts())
                    .as(wrong)
                    .containsExactly("config/connections.yaml:4: tools.wootric.client_id: here '${' begins no variable."
                            + " Write ${NAME} or ${NAME:default}, with letters, digits and _ in the name.");
        }
        write("config/connections.yaml", TOOL.replace("client_id: a", "client_id: '$${ID}'"));
        assertThat(texts()).isEmpty();
    }

    @Test
    void aFolderWhereAFileShouldBeIsTold() throws IOException {
        Files.createDirectories(home.resolve("config/connections.yaml"));

        assertThat(texts()).singleElement().asString().startsWith("config/connections.yaml: this is a folder");
    }

    @Test
    void exactlyOneCrmIsTheDirectory() throws IOException {
        String crm = "    crm: salesforce\n    client_id: a\n    client_secret: b\n";
        write("config/connections.yaml", "crms:\n  one:\n" + crm + "  two:\n" + crm);
        assertThat(texts()).hasSize(1).first().asString().contains("no CRM is the directory");

        write(
                "config/connections.yaml",
                "crms:\n  one:\n" + crm + "    directory: true\n  two:\n" + crm + "    directory: true\n");
        assertThat(texts()).hasSize(1).first().asString().contains("2 CRMs are declared as the directory");
    }

    @Test
    void aWindowInACrmMustBeKept() throws IOException {
        write("config/connections.yaml", """
                crms:
                  one:
                    crm: salesforce
                    client_id: a
                    client_secret: b
                    directory: true
                    windows_in_crm: [this_month, this_year]
                """);

        assertThat(texts())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("config/connections.yaml:7: crms.one.windows_in_crm[1]: 'this_year' is not kept.");
        assertThat(load().value().broken()).containsOnlyKeys("one");
    }

    @Test
    void aPilotNamesAccountsByTheirIds() throws IOException {
        String crm = """
                crms:
                  one:
                    crm: salesforce
                    client_id: a
                    client_secret: b
                    directory: true
                    only_accounts:
                      - 0015g00000XyZ1w
                      - 0015g00000XyZ1wAAB
                """;
        write("config/connections.yaml", crm);
        assertThat(texts())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("config/connections.yaml:9: crms.one.only_accounts[1]:");
        write("config/connections.yaml", crm.replace("      - 0015g00000XyZ1wAAB\n", ""));
        assertThat(texts()).isEmpty();
        assertThat(load().value().crms().get("one").onlyAccounts()).containsExactly("0015g00000XyZ1wAAF");

        for (String wrong :
                new String[] {"abc", "0015g00000XyZ1wAA", "0035g00000XyZ1w", "0015g00000xyz1wAAF", "001-g00000XyZ1w"}) {
            write("config/connections.yaml", crm.replace("0015g00000XyZ1wAAB", wrong));
            assertThat(texts())
                    .as(wrong)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith(
                            "config/connections.yaml:9: crms.one.only_accounts[1]: '" + wrong + "' is no account's id");
            assertThat(load().value().broken()).containsOnlyKeys("one");
        }
    }

    @Test
    void aWindowMustBeOne() throws IOException {
        write("config/connections.yaml", TOOL);
        write("config/health.yaml", "policy: all_responses\nwindows:\n  - this_month\n  - this_decade\n");

        assertThat(load().value()).isNull();
        assertThat(texts())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("config/health.yaml:4: windows[1]: 'this_decade' is not a window");
    }

    @Test
    void secretsMayStandInFiles() throws IOException {
        write("config/connections.yaml", TOOL.replace("client_secret: b", "client_secret_file: secrets/wootric"));
        assertThat(texts())
                .hasSize(1)
                .first()
                .asString()
                .startsWith(
                        "config/connections.yaml:5: tools.wootric.client_secret_file: the file named here cannot be read.");

        write("secrets/wootric", "canary-5c1d\n");
        assertThat(load().value().tools().get("wootric").setting("client_secret"))
                .isEqualTo("canary-5c1d");
    }

    @Test
    void aVariableMayNameAFileInstead() throws IOException {
        write("config/connections.yaml", TOOL.replace("client_secret: b", "client_secret: ${SECRET}"));
        environment.put("SECRET_FILE", home.resolve("secret").toString());
        assertThat(texts())
                .hasSize(1)
                .first()
                .asString()
                .contains("SECRET (nor can the file named by SECRET_FILE be read)");

        write("secret", "canary-5c1d\n");
        assertThat(load().value().tools().get("wootric").setting("client_secret"))
                .isEqualTo("canary-5c1d");
    }

    @Test
    void aSecretIsNeverPrinted() throws IOException {
        environment.put("SECRET", "canary-5c1d");
        write(
                "config/connections.yaml",
                TOOL.replace("client_secret: b", "client_secret: ${SECRET}") + "    page_size: ${SECRET}\n");
        Loaded<Settings> loaded = load();
        assertThat(loaded.mistakes()).hasSize(1);
        assertThat(loaded.toString()).doesNotContain("canary");

        write("config/connections.yaml", TOOL.replace("client_secret: b", "client_secret: [canary-5c1d]"));
        assertThat(load().mistakes()).hasSize(1);
        assertThat(load().toString()).doesNotContain("canary");
    }

    @Test
    void variablesFillNumbersAndListsAndMayBeLeftOut() throws IOException {
        environment.put("SIZE", "25");
        environment.put("SURVEYS", "31");
        environment.put("SECRET", "0123");
        write(
                "config/connections.yaml",
                TOOL.replace("nps_surveys: all", "nps_surveys: ${SURVEYS}")
                                .replace("client_secret: b", "client_secret: ${SECRET}")
                        + "    page_size: ${SIZE:50}\n    proxy: ${PROXY:}\n    csat_surveys: ${CSAT:}\n    timeout: ${TIMEOUT:9s}\n");

        Loaded<Settings> loaded = load();

        assertThat(loaded.mistakes()).isEmpty();
        ToolSettings tool = loaded.value().tools().get("wootric");
        assertThat(tool.pageSize()).isEqualTo(25);
        assertThat(tool.setting("client_secret")).isEqualTo("0123");
        assertThat(tool.npsSurveys()).isEqualTo(new Surveys(false, Set.of("31")));
        assertThat(tool.csatSurveys()).isEqualTo(Surveys.NONE);
        assertThat(tool.proxy()).isNull();
        assertThat(tool.timeout()).hasSeconds(9);
    }

    @Test
    void onAndOffAreWords() throws IOException {
        write("config/connections.yaml", """
                crms:
                  one: {crm: salesforce, client_id: a, client_secret: b, directory: true, push: on, api_version: 66.0}
                """);

        assertThat(load().value().directory().push()).isEqualTo(CrmSettings.Push.ON);
        assertThat(load().value().directory().apiVersion()).isEqualTo("66.0");
    }

    @Test
    void brokenYamlIsToldByLine() throws IOException {
        write("config/connections.yaml", "zone: UTC\ntools:\n  wootric:\n   tool: wootric\n  tool: 'open\n");
        assertThat(texts()).hasSize(1).first().asString().startsWith("config/connections.yaml:6: this is not YAML");

        write("config/connections.yaml", "zone: UTC\nzone: UTC\n");
        assertThat(texts())
                .containsExactly(
                        "config/connections.yaml:2: zone: this key stands here a second time. Keep one; the first is in line 1.");

        Files.write(home.resolve("config/connections.yaml"), new byte[] {'z', ':', ' ', (byte) 0xff});
        assertThat(texts()).containsExactly("config/connections.yaml: the file is not UTF-8 text. Save it as UTF-8.");

        Files.delete(home.resolve("config/connections.yaml"));
        assertThat(texts())
                .containsExactly(
                        "config/connections.yaml: there is no such file. See that it exists and that this user may read it.");
    }

    @Test
    void bombsAreRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 24; i++) bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        write("config/connections.yaml", bomb.toString());
        assertThat(texts()).hasSize(1).first().asString().contains("more than 50000 values");

        write("config/connections.yaml", "a: &a [*a]\n");
        assertThat(texts()).hasSize(1);

        write("config/connections.yaml", "#".repeat((1 << 20) + 1));
        assertThat(texts()).hasSize(1).first().asString().contains("larger than 1 MB");
    }

    @Test
    void anOverlayChangesRemovesAndIsNamedInMistakes() throws IOException {
        write("mappings/crms/salesforce.yaml", Files.readString(Path.of("mappings/crms/salesforce.yaml")));
        write("config/overlays/crms/salesforce.yaml", """
                push:
                  contact:
                    fields:
                      score: {field: My_Score__c}
                      change: null
                """);
        Loaded<CrmMapping> loaded = configuration().crm("salesforce");
        assertThat(loaded.mistakes()).isEmpty();
        CrmMapping.Kind contact = loaded.value().push().get("contact");
        assertThat(contact.fields().get("score"))
                .isEqualTo(new CrmMapping.Column("My_Score__c", CrmMapping.Type.NUMBER, null, 0));
        assertThat(contact.fields()).doesNotContainKey("change").containsKey("comment");

        write(
                "config/overlays/crms/salesforce.yaml",
                "push:\n  contact:\n    fields:\n      skore: {field: A__c, type: number}\n");
        assertThat(configuration().crm("salesforce").mistakes())
                .extracting(Mistake::toString)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("config/overlays/crms/salesforce.yaml:4: push.contact.fields.skore: ");
    }

    @Test
    void howARepeatIsRecognisedFitsHowItIsWritten() throws IOException {
        write("mappings/crms/salesforce.yaml", Files.readString(Path.of("mappings/crms/salesforce.yaml")));
        String overlay = "config/overlays/crms/salesforce.yaml";
        write(overlay, "push: {signal: {object: Task, verb: insert, key: null, idempotency: none}}\n");
        assertThat(configuration().crm("salesforce").mistakes()).isEmpty();

        for (String wrong :
                List.of("{verb: insert}", "{idempotency: search}", "{verb: insert, idempotency: search, key: null}")) {
            write(overlay, "push: {signal: " + wrong + "}\n");
            assertThat(configuration().crm("salesforce").mistakes())
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .contains("push.signal")
                    .containsAnyOf("idempotency is", "a key is needed");
        }
    }

    @Test
    void dimensionsAreNamedFreelyButEachOnceAndNotAsWhatThereIs() throws IOException {
        write("mappings/crms/salesforce.yaml", Files.readString(Path.of("mappings/crms/salesforce.yaml")));
        write("config/overlays/crms/salesforce.yaml", """
                directory:
                  account:
                    attributes: {industry: Industry, csm: Owner.Name}
                """);
        assertThat(configuration().crm("salesforce").value().dimensions())
                .containsEntry("industry", "account")
                .containsEntry("department", "contact");

        write("config/overlays/crms/salesforce.yaml", """
                directory:
                  contact:
                    attributes: {segment: Segment__c}
                """);
        assertThat(configuration().crm("salesforce").mistakes())
                .singleElement()
                .asString()
                .contains("segment is an attribute of accounts and of contacts");

        write("config/overlays/crms/salesforce.yaml", """
                directory:
                  contact:
                    attributes: {role: Title}
                """);
        assertThat(configuration().crm("salesforce").mistakes())
                .singleElement()
                .asString()
                .startsWith("config/overlays/crms/salesforce.yaml:3: directory.contact.attributes");
    }

    private Configuration configuration() {
        return new Configuration(home, environment::get);
    }

    private Loaded<Settings> load() {
        return configuration().settings();
    }

    private List<String> texts() {
        return load().mistakes().stream().map(Mistake::toString).toList();
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
