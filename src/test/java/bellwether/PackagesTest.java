package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packages stand in a line: each imports only those to its left. */
class PackagesTest {
    private static final List<String> LINE = List.of(
            "nps",
            "mapping",
            "http",
            "source",
            "contract",
            "match",
            "store",
            "health",
            "loop",
            "crm",
            "admin",
            "daemon",
            "command",
            "");
    private static final Path SOURCES = Path.of("src/main/java/bellwether");
    private static final Pattern IMPORT = Pattern.compile("(?m)\\bbellwether\\.([a-z]+)\\.[A-Z]");

    @Test
    void aPackageImportsOnlyPackagesToItsLeft() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            String own = packageOf(file);
            IMPORT.matcher(Files.readString(file))
                    .results()
                    .map(m -> m.group(1))
                    .forEach(used -> {
                        if (!allowed(own, used)) {
                            wrong.add(file + " uses " + used);
                        }
                    });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void sqlIsSpokenInTheStoreAndYamlReadInTheMappingOnly() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            String own = packageOf(file);
            if (text.contains("import java.sql.") && !own.equals("store")
                    || text.contains("import org.jdbi.") && !own.equals("store")
                    || text.contains("import org.yaml.") && !own.equals("mapping")
                    || text.contains("import org.apache.camel.")
                            && !List.of("daemon", "demo", "admin").contains(own)
                            && !file.getFileName().toString().startsWith("Salesforce")) {
                wrong.add(file.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(f -> f.toString().endsWith(".java")).toList();
        }
    }

    private static String packageOf(Path file) {
        Path relative = SOURCES.relativize(file);
        return relative.getNameCount() == 1 ? "" : relative.getName(0).toString();
    }

    /** The simulators stand beside the line: the demo uses them, and they use nothing. */
    private static boolean allowed(String own, String used) {
        if (own.equals("simulator") || used.equals("simulator")) {
            return own.equals(used) || own.equals("demo");
        }
        return own.equals("demo") || LINE.contains(used) && LINE.indexOf(used) <= LINE.indexOf(own);
    }
}
