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
                        "mappings/tools/nothing.yaml: the file cannot be read. See that it exists and that this user may read it.");
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
