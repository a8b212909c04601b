package bellwether.source;

import bellwether.mapping.FieldMap;
import bellwether.mapping.FieldRule;
import bellwether.mapping.Template;
import bellwether.mapping.Times;
import bellwether.mapping.Word;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what is wrong with a tool's file only when its parts are compared. */
final class Linter {
    /** Takes a mistake: where, what, and what to do. */
    interface Mistakes {
        void add(String pointer, String what, String advice);
    }

    private static final Set<String> PAGE = Set.of("from", "to", "page", "size", "offset", "token", "session");

    private final Tool tool;
    private final Mistakes mistakes;

    Linter(Tool tool, Mistakes mistakes) {
        this.tool = tool;
        this.mistakes = mistakes;
    }

    void check() {
        zone();
        if (tool.parents() != null) {
            Tool.Stream list = tool.parents().list();
            placeholders("/parents", list, Set.of("page", "size", "offset", "token", "session"), false);
            paging("/parents", list);
            Tool.Questions questions = tool.parents().questions();
            if (questions != null) {
                Set<String> names = Asking.names(questions.path(), Map.of(), questions.body());
                names("/parents/questions", names, Set.of("session"), true);
            }
        }
        stream("/responses", tool.responses());
        if (tool.responses().path() == null && tool.responses().export() == null)
            mistakes.add("/responses", "there is neither 'path' nor 'export'.", "Say where the responses are.");
        Map<Word, FieldRule> map = tool.responses().map();
        if (!map.containsKey(Word.METRIC) && !map.containsKey(Word.SURVEY))
            mistakes.add(
                    "/responses/map",
                    "neither 'metric' nor 'survey' is mapped, so no answer would count for an NPS.",
                    "Map 'survey', so that the connection says what each one asks, or write: metric: {value: nps}.");
        if (tool.respondents() != null) {
            stream("/respondents", tool.respondents());
            Tool.Stream people = tool.respondents();
            if (people.path() == null && people.one() == null && people.batch() == null)
                mistakes.add(
                        "/respondents", "there is none of 'path', 'one' and 'batch'.", "Say how people are asked for.");
        }
        if (tool.sends() != null) stream("/sends", tool.sends());
        new IntakeLinter(tool, mistakes, this).check();
    }

    private void zone() {
        if (tool.naiveZone() == null) return;
        Set<String> names = Template.of(tool.naiveZone()).names();
        names("/naive_zone", names, Set.of(), false);
        try {
            if (names.isEmpty()) ZoneId.of(tool.naiveZone());
        } catch (DateTimeException e) {
            mistakes.add("/naive_zone", "there is no time zone of this name.", "Write a name such as Europe/Berlin.");
        }
    }

    private void stream(String pointer, Tool.Stream stream) {
        placeholders(pointer, stream, PAGE, true);
        paging(pointer, stream);
        cursor(pointer, stream);
        export(pointer, stream);
        map(pointer, stream);
        if (stream.body() != null && stream.method().equals("GET"))
            mistakes.add(pointer + "/body", "a GET has no body.", "Write: method: POST, or use 'query'.");
        if (stream.one() != null)
            names(pointer + "/one", Template.of(stream.one()).names(), Set.of("id", "session"), false);
        if (stream.batch() != null) {
            Tool.Batch batch = stream.batch();
            Set<String> names = Asking.names(batch.path(), batch.query(), batch.body());
            names(pointer + "/batch", names, Set.of("ids", "session"), false);
            if (!names.contains("ids"))
                mistakes.add(pointer + "/batch", "{ids} stands nowhere in it.", "Say where the ids go.");
        }
        for (int i = 0; i < stream.select().size(); i++) {
            Select select = stream.select().get(i);
            if (select.is() == null && select.not() == null && select.exists() == null)
                mistakes.add(pointer + "/select/" + i, "it selects nothing.", "Add 'is', 'not' or 'exists'.");
        }
    }

    private void placeholders(String pointer, Tool.Stream stream, Set<String> known, boolean parent) {
        if (stream.path() != null)
            names(pointer + "/path", Template.of(stream.path()).names(), known, parent);
        stream.query()
                .forEach((name, texts) -> texts.forEach(text -> names(
                        pointer + "/query/" + name.replace("~", "~0").replace("/", "~1"),
                        Template.of(text).names(),
                        known,
                        parent)));
        if (stream.body() != null) names(pointer + "/body", Asking.names("", Map.of(), stream.body()), known, parent);
    }

    private void names(String pointer, Set<String> names, Set<String> known, boolean parent) {
        for (String name : names) {
            if (known.contains(name) || tool.settings().containsKey(name)) continue;
            if (!name.startsWith("parent.")) {
                mistakes.add(pointer, "{" + name + "} is unknown here.", "Declare it under 'settings', or correct it.");
            } else if (tool.parents() == null || !parent) {
                mistakes.add(pointer, "{" + name + "} has no parents to come from.", "Declare 'parents'.");
            } else if (name.equals(Parents.FIELDS)
                    && tool.parents().questions() != null
                    && tool.parents().questions().field() != null) {
                continue;
            } else if (!tool.parents().map().containsKey(name.substring("parent.".length()))) {
                mistakes.add(pointer, "{" + name + "} is not mapped.", "Add it to parents.map.");
            }
        }
    }

    private void paging(String pointer, Tool.Stream stream) {
        if (stream.path() == null) return;
        Set<String> names = Asking.names(stream);
        for (Paging.Parameter parameter : stream.paging().ask(Bookmark.START, 1)) {
            boolean told = parameter.name() != null || names.contains(parameter.word());
            if (!told && !parameter.word().equals("size"))
                mistakes.add(
                        pointer + "/paging",
                        "'" + parameter.word() + "' is named nowhere.",
                        "Name the parameter, or put {" + parameter.word() + "} into path, query or body.");
            if (parameter.word().equals("size") && told && stream.paging().most() == null)
                mistakes.add(pointer + "/paging", "'most' is missing.", "Say how many rows a page can have.");
        }
        boolean capped = stream.paging() instanceof Paging.Pages pages && pages.last() != null
                || stream.paging() instanceof Paging.Offset offset && offset.cap() != null
                || stream.paging() instanceof Paging.Cursor cursor && cursor.cap() != null;
        if (!capped || !(stream.cursor() instanceof Cursor.Time time)) return;
        boolean down = time.order() != Cursor.Order.ASCENDING;
        boolean bounded =
                down ? time.to() != null || names.contains("to") : time.from() != null || names.contains("from");
        if (!bounded)
            mistakes.add(
                    pointer + "/paging",
                    "beyond the cap no new window can begin, since the tool has no " + (down ? "upper" : "lower")
                            + " bound.",
                    "Declare cursor." + (down ? "to" : "from") + ".");
    }

    private void cursor(String pointer, Tool.Stream stream) {
        if (stream.cursor() == null) return;
        String at = pointer + "/cursor";
        Set<String> names = Asking.names(stream);
        if (stream.cursor() instanceof Cursor.Time time) {
            if (!stream.map().containsKey(time.word()))
                mistakes.add(
                        at + "/word",
                        "'" + time.word().word() + "' is not mapped.",
                        "Add it to 'map', since the windows are cut by it.");
            written(at, time.as());
            return;
        }
        if (!(stream.paging() instanceof Paging.None))
            mistakes.add(
                    pointer + "/paging",
                    "a cursor of this kind reads all it asks for in one answer.",
                    "Write: paging: {kind: none}, or leave it out.");
        if (stream.cursor() instanceof Cursor.Ids ids && ids.from() == null && !names.contains("from"))
            mistakes.add(at, "'from' is named nowhere.", "Name the parameter, or put {from} into path, query or body.");
        if (stream.cursor() instanceof Cursor.Own own) {
            if (own.token() == null && !names.contains("token"))
                mistakes.add(
                        at,
                        "'token' is named nowhere.",
                        "Name the parameter, or put {token} into path, query or body.");
            written(at, own.as());
        }
    }

    private void written(String at, String as) {
        try {
            Times.write(Instant.EPOCH, as, ZoneOffset.UTC);
        } catch (IllegalArgumentException | DateTimeException e) {
            mistakes.add(
                    at + "/as", "this is no way to write a time.", "Use unix_seconds, unix_millis, iso or a pattern.");
        }
    }

    private void export(String pointer, Tool.Stream stream) {
        Export export = stream.export();
        if (export == null) return;
        String at = pointer + "/export";
        if (!(stream.paging() instanceof Paging.None))
            mistakes.add(pointer + "/paging", "an export has no pages.", "Leave 'paging' out.");
        if (stream.path() != null) mistakes.add(pointer + "/path", "an export has its own paths.", "Leave 'path' out.");
        names(
                at + "/submit",
                Asking.names(
                        export.submit().path(),
                        export.submit().query(),
                        export.submit().body()),
                PAGE,
                true);
        Set<String> job = Set.of("job", "file", "session");
        names(at + "/poll/path", Template.of(export.poll().path()).names(), job, true);
        names(at + "/download/path", Template.of(export.download().path()).names(), job, true);
        if (!export.poll().path().contains("{job}"))
            mistakes.add(at + "/poll/path", "{job} stands nowhere in it.", "Say which export is asked for.");
        boolean file = export.download().path().contains("{file}");
        if (file && export.poll().file() == null)
            mistakes.add(at + "/download/path", "{file} is told nowhere.", "Add 'file' to 'poll'.");
        if (!file && !export.download().path().contains("{job}"))
            mistakes.add(at + "/download/path", "neither {job} nor {file} stands in it.", "Say which file is meant.");
    }

    private void map(String pointer, Tool.Stream stream) {
        map(pointer + "/map", stream.map(), tool.timeFormats());
        if (stream.uniqueWithin() != null && !stream.map().containsKey(Word.SURVEY))
            mistakes.add(pointer + "/unique_within", "'survey' is not mapped.", "Add it to 'map'.");
    }

    /** What is wrong with a field map. */
    void map(String pointer, Map<Word, FieldRule> map, List<String> formats) {
        try {
            FieldMap.of(map, new Times(formats, ZoneOffset.UTC), ZoneOffset.UTC, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            mistakes.add(pointer, String.valueOf(e.getMessage()), "Correct the path, pattern or constant.");
        }
        map.forEach((word, rule) -> rule(pointer + "/" + word.word(), rule));
    }

    private void rule(String pointer, FieldRule rule) {
        Set<String> names = new HashSet<>();
        rule.paths().forEach(path -> names.addAll(Template.of(path).names()));
        for (var alternatives : List.of(rule.where(), rule.question())) {
            alternatives.forEach(one -> one.values()
                    .forEach(texts ->
                            texts.forEach(text -> names.addAll(Template.of(text).names()))));
        }
        boolean question = names.remove("question");
        names(pointer, names, Set.of(), false);
        if (rule.paths().isEmpty() && rule.value() == null)
            mistakes.add(pointer, "there is neither 'path' nor 'value'.", "Say where the value stands.");
        if (question && rule.question().isEmpty())
            mistakes.add(pointer, "{question} is chosen nowhere.", "Add 'question' to the rule.");
        if (rule.list() == null && !rule.where().isEmpty())
            mistakes.add(pointer, "'where' chooses from no list.", "Add 'list'.");
        boolean described =
                rule.question().stream().anyMatch(one -> !one.keySet().equals(Set.of("id")));
        Tool.Questions known = tool.parents() == null ? null : tool.parents().questions();
        if ((described || rule.weights()) && known == null)
            mistakes.add(pointer, "nothing is known of the questions.", "Declare parents.questions.");
        else if (rule.weights() && (known.choices() == null || known.choice() == null || known.weight() == null))
            mistakes.add(
                    pointer,
                    "the weights of choices are not declared.",
                    "Add 'choices', 'choice' and 'weight' to parents.questions.");
        for (String path : rule.paths()) {
            String first = path.startsWith("parent.")
                    ? path.substring("parent.".length()).split("\\.")[0]
                    : null;
            if (first == null || tool.parents() != null && tool.parents().map().containsKey(first)) continue;
            mistakes.add(
                    pointer,
                    "'" + path + "' is not a word of a parent.",
                    tool.parents() == null ? "Declare 'parents'." : "Add it to parents.map.");
        }
    }
}
