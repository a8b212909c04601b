package bellwether.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A comparison that used the code it judges would repeat its mistakes. */
class OracleStandsAloneTest {
    private static final Path HERE = Path.of("src/test/java/bellwether/oracle");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);
    private static final Pattern OURS = Pattern.compile("\\bbellwether\\.(?!oracle\\b)[\\w.]+");

    /** Short enough to be checked by reading it; what only compares may be longer. */
    @Test
    void theNaiveRecomputationIsShort() throws IOException {
        assertThat(Files.readAllLines(HERE.resolve("Naive.java"))).hasSizeBetween(50, 150);
        try (var files = Files.list(HERE)) {
            for (Path file : files.toList()) {
                if (!file.toString().endsWith("Check.java")) {
                    assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(150);
                }
            }
        }
    }

    @Test
    void nothingOfBellwetherIsUsed() throws IOException {
        List<String> imports = new ArrayList<>();
        try (var files = Files.list(HERE)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertThat(OURS.matcher(text)
                                .results()
                                .map(found -> found.group())
                                .toList())
                        .as(file.toString())
                        .isEmpty();
                if (!file.endsWith("OracleStandsAloneTest.java")) {
                    Matcher found = IMPORT.matcher(text);
                    while (found.find()) {
                        imports.add(found.group(1));
                    }
                }
            }
        }

        assertThat(imports).hasSizeGreaterThan(30);
        assertThat(imports)
                .allMatch(name -> name.startsWith("java.")
                        || name.startsWith("com.fasterxml.jackson.databind.")
                        || name.startsWith("bellwether.oracle."));
    }
}
