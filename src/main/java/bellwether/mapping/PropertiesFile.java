package bellwether.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/** {@code config/application.properties}: every limit that the routes name is there, and is a number where the shipped one is. */
final class PropertiesFile {
    static final String FILE = "config/application.properties";
    /** What Camel knows by itself, and what may be left out. */
    private static final List<String> OTHERS = List.of("camel.", "api.token");

    private final Properties shipped = shipped();
    private final List<String> lines;
    private final Properties given = new Properties();
    private final List<Mistake> mistakes = new ArrayList<>();

    private PropertiesFile(String text) throws IOException {
        this.lines = text.lines().toList();
        given.load(new StringReader(text));
    }

    static List<Mistake> check(Path home) {
        try {
            return new PropertiesFile(Files.readString(home.resolve(FILE))).check();
        } catch (IOException | IllegalArgumentException e) {
            boolean there = Files.isRegularFile(home.resolve(FILE));
            return List.of(new Mistake(
                    FILE,
                    0,
                    "",
                    there ? "the file cannot be read." : "there is no such file.",
                    there
                            ? "See that it is UTF-8 text without a lone \\u, and that this user may read it."
                            : "`bellwether init` writes it as it is shipped."));
        }
    }

    private List<Mistake> check() {
        for (String key : new TreeSet<>(shipped.stringPropertyNames())) {
            if (OTHERS.stream().noneMatch(key::startsWith)) {
                String value = given.getProperty(key);
                if (value == null) {
                    add(0, key, "this key is missing.", "Shipped is " + key + " = " + shipped.getProperty(key) + ".");
                } else {
                    number(key, value.strip());
                }
            }
        }
        return mistakes;
    }

    private void number(String key, String value) {
        int least = key.endsWith(".retries") ? 0 : 1;
        boolean wanted = shipped.getProperty(key).matches("\\d+") && !value.contains("{{");
        if (wanted && !(value.matches("\\d{1,9}") && Integer.parseInt(value) >= least)) {
            String what = "this must be a whole number from " + least + ", not '" + value + "'.";
            add(line(key), key, what, "Shipped is " + shipped.getProperty(key) + ".");
        }
    }

    /** The last line counts, as it does where the file is used. */
    private int line(String key) {
        int found = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith(key) && line.substring(key.length()).strip().matches("[=:].*")) {
                found = i + 1;
            }
        }
        return found;
    }

    private void add(int line, String key, String what, String advice) {
        mistakes.add(new Mistake(FILE, line, key, what, advice));
    }

    private static Properties shipped() {
        var shipped = new Properties();
        try (InputStream in = PropertiesFile.class.getResourceAsStream("/shipped/" + FILE)) {
            shipped.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shipped;
    }
}
