package bellwether.contract;

import bellwether.source.Connection;
import bellwether.source.Cursor;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What of an answer may stay as it is. Whatever is not known to be harmless is not. */
final class Harmless {
    private static final Pattern SMALL = Pattern.compile("-?[0-9]{1,3}(?:\\.0+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.:\\[\\]-]{0,79}");
    /** What may be an id, and no word: few letters in a row, unless it is hexadecimal. */
    private static final Pattern OPAQUE =
            Pattern.compile("(?=.*[0-9])(?:(?!.*[A-Za-z]{4})[A-Za-z0-9_.:-]{1,64}|[0-9a-fA-F-]{8,64})");

    private static final Pattern MACHINE = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w");
    private static final String PARTS = "[^\\p{L}\\p{N}]+";

    private final Vocabulary vocabulary;
    private final Places places;
    private final Set<String> secrets;
    private final Set<String> identities = new HashSet<>();
    private final boolean ordered;

    /**
     * @param places that have read everything
     * @param secrets that must not stand in anything that stays
     */
    Harmless(Connection connection, Vocabulary vocabulary, Places places, Set<String> secrets) {
        this.vocabulary = vocabulary;
        this.places = places;
        this.secrets = secrets;
        this.ordered = connection.tool().responses().cursor() instanceof Cursor.Ids;
        places.persons.forEach(this::learn);
        learn(URI.create(connection.baseUrl()).getHost());
        if (connection.tool().baseUrl() == null) return;
        for (String name : connection.tool().baseUrl().names()) {
            if (connection.setting(name) != null) learn(connection.setting(name));
        }
    }

    /** Parts of names and addresses, by which people and companies would be recognised inside something else. */
    private void learn(String identity) {
        for (String part : Vocabulary.low(identity).split(PARTS)) {
            if (part.length() > 3 && !vocabulary.has(part)) identities.add(part);
        }
    }

    /** A value: a word of the tool's file, a small number, a time or an id where the file names one. */
    boolean value(String text) {
        if (text.codePoints().noneMatch(Pseudonyms::speaks)) return !text.contains("$") && !text.contains("{");
        if (meant(text)) return true;
        if (!nobodys(text)) return false;
        if (places.told.contains(text)) return true;
        boolean id = OPAQUE.matcher(text).matches() || places.names.contains(text) && isName(text);
        return id && places.ids.contains(text) && !MACHINE.matcher(text).matches();
    }

    /** The name of a field. */
    boolean name(String text) {
        return value(text) || isName(text) && nobodys(text);
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private boolean nobodys(String text) {
        if (places.people.contains(text) || secrets.stream().anyMatch(text::contains)) return false;
        for (String part : Vocabulary.low(text).split(PARTS)) if (identities.contains(part)) return false;
        return true;
    }

    /** True for what the tool's file needs as it is. */
    private boolean meant(String text) {
        return vocabulary.has(text)
                || SMALL.matcher(text).matches()
                || places.times.contains(text)
                || ordered && places.ids.contains(text) && !places.people.contains(text) && text.matches("[0-9]+");
    }

    /** What must not be found any more, whatever became of it: secrets, e-mail addresses, and what is said of people. */
    Set<String> hidden() {
        Set<String> hidden = new HashSet<>(secrets);
        for (String text : places.texts) {
            if (places.people.contains(text) && text.length() > 5 && !meant(text)) hidden.add(text);
            ADDRESS.matcher(text).results().forEach(found -> hidden.add(found.group()));
        }
        return hidden;
    }
}
