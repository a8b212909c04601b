package bellwether.mapping;

import java.io.File;
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
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code config/application.properties}: every limit that the routes name is there, and is a number where the shipped one is; the port is
 * one; and there is no key that nobody reads.
 */
final class PropertiesFile {
    static final String FILE = "config/application.properties";
    /** What Camel knows by itself, and what may be left out. */
    private static final List<String> OTHERS = List.of("camel.", "api.token");

    private static final String PORT = "camel.server.port";
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{env:(\\w+)(?::([^{}]*))?}}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?!]?([\\w.-]+)(?::[^{}]*)?}}");

    private final UnaryOperator<String> variables;
    private final Set<String> used;
    private final Properties shipped = shipped();
    private final List<String> lines;
    private final Properties given = new Properties();
    private final List<Mistake> mistakes = new ArrayList<>();

    private PropertiesFile(String text, UnaryOperator<String> variables, Set<String> used) throws IOException {
        this.variables = variables;
        this.used = used;
        this.lines = text.lines().toList();
        given.load(new StringReader(text));
    }

    /** @param variables of the environment, by name */
    static List<Mistake> check(Path home, UnaryOperator<String> variables) {
        try {
            return new PropertiesFile(Files.readString(home.resolve(FILE)), variables, used(home)).check();
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
        port();
        unknown();
        return mistakes;
    }

    /** What the routes name. */
    private static Set<String> used(Path home) throws IOException {
        Set<String> used = new TreeSet<>();
        File[] routes = home.resolve("routes").toFile().listFiles((folder, name) -> name.endsWith(".yaml"));
        for (File route : routes == null ? new File[0] : routes) {
            Matcher named = PLACEHOLDER.matcher(Files.readString(route.toPath()));
            while (named.find()) used.add(named.group(1));
        }
        return used;
    }

    private void port() {
        String written = given.getProperty(PORT);
        if (written == null) return;
        Matcher variable = VARIABLE.matcher(written.strip());
        String port = written.strip();
        if (variable.matches()) {
            try {
                String value = variables.apply(variable.group(1).toUpperCase(Locale.ROOT));
                port = value == null ? String.valueOf(variable.group(2)) : value.strip();
            } catch (IllegalStateException e) {
                add(line(PORT), PORT, e.getMessage(), "See that the file it names can be read.");
                return;
            }
        }
        if (port.contains("{{") || port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65_535) return;
        add(
                line(PORT),
                PORT,
                "this must be a port from 0 to 65535, not '" + port + "'.",
                variable.matches()
                        ? "Set " + variable.group(1) + "."
                        : "Shipped is " + shipped.getProperty(PORT) + ".");
    }

    private void unknown() {
        var camel = CamelKeys.shipped();
        for (String key : new TreeSet<>(given.stringPropertyNames())) {
            if (shipped.containsKey(key) || used.contains(key) || camel.knows(key)) continue;
            List<String> known = new ArrayList<>(new TreeSet<>(shipped.stringPropertyNames()));
            known.addAll(camel.beside(key));
            String what = key.startsWith("camel.") ? "Camel knows no such key." : "nothing reads this key.";
            String advice = Sentences.suggestion(key, known, "");
            add(line(key), key, what, advice.startsWith("Did") ? advice : "Remove it, or correct its name.");
        }
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
