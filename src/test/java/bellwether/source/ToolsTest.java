package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.mapping.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {
    @TempDir
    Path home;

    @Test
    void everyMistakeOfAToolIsToldWithItsLine() throws IOException {
        write("mappings/tools/acme.yaml", """
                tool: acme
                label: Acme
                base_url: api.acme.test
                auth: {kind: magic, login_url: "https://acme.test/token"}
                time_formats: []
                responses:
                  path: responses
                  paging: {kind: page, page: page, size: per_page, first: 1, most: 50, lst: 30}
                  cursor: {word: created, from: from, to: to, as: unix_seconds}
                  map: {id: id, skore: score}
                """);

        assertThat(lines("acme"))
                .containsExactly(
                        "3 base_url",
                        "4 auth.kind",
                        "5 time_formats",
                        "7 responses.path",
                        "8 responses.paging.lst",
                        "9 responses.cursor.word",
                        "10 responses.map.skore",
                        "10 responses.map");
    }

    @Test
    void whatOnlyShowsWhenPartsAreComparedIsToldToo() throws IOException {
        write(
                "mappings/tools/acme.yaml",
                Files.readString(Path.of("mappings/tools/wootric.yaml"))
                        .replace("score: score", "score: {path: \"$.answers[?(\"}")
                        .replace("word: updated_at, from", "word: created_at, from"));

        List<String> mistakes =
                load("acme").mistakes().stream().map(Mistake::what).toList();
        assertThat(mistakes).hasSize(3);
        assertThat(mistakes.get(0)).isEqualTo("this is not the name of the file.");
        assertThat(mistakes.get(1)).contains("is not a JSONPath");
        assertThat(mistakes.get(2)).isEqualTo("'created_at' is not mapped.");
    }

    @Test
    void whatOnlyShowsThenIsToldBesideTheMistakesOfTheShape() throws IOException {
        write("mappings/tools/acme.yaml", """
                tool: brocken
                label: Acme
                settings: {key: {required: yes please, what: the key}}
                base_url: https://acme.test
                auth: {kind: header, name: X-Key, value: "{kye}"}
                limits: {requests_per_minute: -5}
                time_formats: [iso]
                naive_zone: Europe/Berln
                responses:
                  path: "/answers/{surveyy}"
                  body: {x: 1}
                  paging: {kind: page, page: page, frist: 1}
                  cursor: {word: updated_at, from: since, as: iso, overlap: soon}
                  map: {id: id, answered_at: at, comment: "$.text[?("}
                webhook:
                  verify: {kind: hmac, algorithm: sha256, header: X-Sig, encoding: hex, key: "{secret}"}
                """);

        assertThat(lines("acme"))
                .contains(
                        "1 tool",
                        "3 settings.key.required",
                        "5 auth",
                        "6 limits.requests_per_minute",
                        "8 naive_zone",
                        "10 responses.path",
                        "11 responses.body",
                        "12 responses.paging.frist",
                        "13 responses.cursor.overlap",
                        "13 responses.cursor.word",
                        "14 responses.map",
                        "16 webhook.verify");
    }

    @Test
    void contradictionsAreToldAllAtOnce() throws IOException {
        write("mappings/tools/acme.yaml", """
                tool: acme
                label: Acme
                settings: {key: {what: the key}}
                base_url: https://acme.test
                auth: {kind: header, name: X-Key, value: "{key}"}
                time_formats: [iso]
                naive_zone: Nowhere/Land
                responses:
                  path: "/surveys/{parent.id}/answers/{pge}"
                  body: {q: "{key}"}
                  query: {of: "{nothing}"}
                  paging: {kind: offset, size: limit, most: 50, cap: 1000}
                  cursor: {word: updated_at, to: until, as: "yyyy-bb", order: ascending}
                  select: [{at: done}]
                  unique_within: survey
                  map:
                    id: id
                    answered_at: at
                    score: {list: answers, path: "values.{question}", lookup: questions}
                    comment: {where: [{type: text}], path: "{koment}"}
                respondents:
                  map: {id: id}
                sends:
                  export:
                    submit: {path: /exports, job: id}
                    poll: {path: /exports, state: state, done: [yes]}
                    download: {path: "/files/{file}"}
                  paging: {kind: cursor, next: next, size: n}
                  cursor: {kind: own, next: token}
                  map: {id: id, sent_at: at}
                """);

        assertThat(load("acme").mistakes().stream().map(m -> m.line() + " " + m.what()))
                .contains(
                        "7 there is no time zone of this name.",
                        "9 {parent.id} has no parents to come from.",
                        "9 {pge} is unknown here.",
                        "10 a GET has no body.",
                        "11 {nothing} is unknown here.",
                        "12 'offset' is named nowhere.",
                        "12 beyond the cap no new window can begin, since the tool has no lower bound.",
                        "13 'updated_at' is not mapped.",
                        "13 this is no way to write a time.",
                        "14 it selects nothing.",
                        "15 'survey' is not mapped.",
                        "16 neither 'metric' nor 'survey' is mapped, so no answer would count for an NPS.",
                        "19 {question} is chosen nowhere.",
                        "19 nothing is known of the questions.",
                        "20 'where' chooses from no list.",
                        "20 {koment} is unknown here.",
                        "21 there is none of 'path', 'one' and 'batch'.",
                        "26 {job} stands nowhere in it.",
                        "27 {file} is told nowhere.",
                        "28 an export has no pages.",
                        "29 'token' is named nowhere.");
    }

    @Test
    void whatIsWrongWithWebhooksAndFilesIsToldToo() throws IOException {
        write("mappings/tools/acme.yaml", """
                tool: acme
                label: Acme
                settings: {key: {what: the key}}
                base_url: https://acme.test
                auth: {kind: header, name: X-Key, value: "{key}"}
                time_formats: [iso]
                responses:
                  path: /answers
                  cursor: {word: answered_at, from: since, to: until}
                  map: {id: id, survey: form, answered_at: at}
                webhook:
                  verify: {kind: hmac, algorithm: sha1, header: X-Sig, encoding: hex, key: "{one}&{key}"}
                  event: {at: "$.["}
                  hint: true
                  thin: /answers/last
                  map: {id: id, score: "{koment}"}
                file:
                  map: {score: Score}
                  sends: {id: id}
                """);

        assertThat(load("acme").mistakes().stream().map(m -> m.line() + " " + m.what()))
                .containsExactly(
                        "12 there is no setting 'one'.",
                        "13 '$.[' is not a JSONPath: it breaks off or is not closed.",
                        "14 a hint brings no response.",
                        "15 no place of the body stands in it.",
                        "16 {koment} is unknown here.",
                        "16 'answered_at' is not mapped.",
                        "16 what is fetched is read by the map of the responses.",
                        "18 'answered_at' is not mapped.",
                        "18 nothing tells one row from another.",
                        "19 'sent_at' is not mapped.");
    }

    @Test
    void aWebhookThatNobodySignedBringsNoResponse() throws IOException {
        write("mappings/tools/acme.yaml", """
                tool: acme
                label: Acme
                settings: {webhook_path: {what: a word}}
                base_url: https://acme.test
                auth: {kind: header, name: X-Key, value: none}
                time_formats: [iso]
                responses:
                  path: /answers
                  cursor: {word: answered_at, from: since, to: until}
                  map: {id: id, survey: form, answered_at: at}
                webhook: {verify: {kind: path}}
                """);

        assertThat(load("acme").mistakes().stream().map(m -> m.line() + " " + m.what()))
                .containsExactly("11 a notice that nobody signed is believed.");
    }

    @Test
    void anOverlayChangesAToolWithoutTouchingItsFile() throws IOException {
        write("mappings/tools/wootric.yaml", Files.readString(Path.of("mappings/tools/wootric.yaml")));
        write(
                "config/overlays/tools/wootric.yaml",
                "responses:\n  query: {sort_key: null}\n  map: {channel: origin_url}\n");

        Loaded<Tool> tool = load("wootric");

        assertThat(tool.mistakes()).isEmpty();
        assertThat(tool.value().responses().query()).isEqualTo(Map.of("sort_order", List.of("asc")));
        assertThat(tool.value().responses().map()).hasSize(11);
    }

    @Test
    void aToolWithoutAFileIsToldByName() {
        assertThat(load("nothing").mistakes())
                .extracting(Mistake::toString)
                .containsExactly(
                        "mappings/tools/nothing.yaml: there is no such file. See that it exists and that this user may read it.");
    }

    private Loaded<Tool> load(String name) {
        return Tools.load(new Configuration(home, variable -> null), name);
    }

    private List<String> lines(String name) {
        return load(name).mistakes().stream()
                .map(mistake -> mistake.line() + " " + mistake.where())
                .toList();
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
