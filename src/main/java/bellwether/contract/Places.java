package bellwether.contract;

import bellwether.mapping.FieldRule;
import bellwether.mapping.JsonPlace;
import bellwether.mapping.Template;
import bellwether.mapping.Times;
import bellwether.mapping.Word;
import bellwether.source.Connection;
import bellwether.source.Export;
import bellwether.source.Paging;
import bellwether.source.Payloads;
import bellwether.source.Tool;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the places that a tool's file names hold in its answers: times, ids, what is told of pages and exports, addresses of next pages; and
 * what is told of people. Every object of an answer is looked at as if it were a record, so that nothing depends on where it stands.
 */
final class Places {
    private static final Set<Word> TIMES = Set.of(
            Word.ANSWERED_AT,
            Word.CREATED_AT,
            Word.UPDATED_AT,
            Word.SENT_AT,
            Word.LAST_SURVEYED_AT,
            Word.DO_NOT_SURVEY_UNTIL);
    private static final Set<Word> IDS = Set.of(Word.ID, Word.SURVEY);
    private static final Set<Word> PEOPLE = Set.of(
            Word.RESPONDENT,
            Word.EMAIL,
            Word.NAME,
            Word.PHONE,
            Word.EXTERNAL_ID,
            Word.CRM_ID,
            Word.COMMENT,
            Word.TAGS,
            Word.EXCLUDED_REASON);

    private static final String NUMBER = "[0-9]{1,15}";

    final Set<String> times = new HashSet<>();
    final Set<String> ids = new HashSet<>();
    final Set<String> told = new HashSet<>();
    final Set<String> addresses = new HashSet<>();
    final Set<String> people = new HashSet<>();
    final Set<String> persons = new HashSet<>();
    final Set<String> names = new HashSet<>();
    final Set<String> texts = new HashSet<>();

    private record Kind(Set<String> values, List<JsonPlace> places) {}

    private final List<Kind> kinds;
    private final Times formats;

    Places(Connection connection) {
        Tool tool = connection.tool();
        formats = new Times(tool.timeFormats(), connection.zone());
        kinds = List.of(
                new Kind(times, mapped(connection, TIMES)),
                new Kind(ids, ids(connection)),
                new Kind(people, mapped(connection, PEOPLE)),
                new Kind(persons, mapped(connection, Set.of(Word.EMAIL, Word.NAME))));
    }

    private static List<Tool.Stream> streams(Tool tool) {
        return Stream.of(
                        tool.responses(),
                        tool.respondents(),
                        tool.sends(),
                        tool.parents() == null ? null : tool.parents().list())
                .filter(stream -> stream != null)
                .toList();
    }

    private static List<JsonPlace> mapped(Connection connection, Set<Word> words) {
        List<JsonPlace> found = new ArrayList<>();
        for (Tool.Stream stream : streams(connection.tool())) {
            stream.map().forEach((word, rule) -> {
                if (words.contains(word)) add(connection, rule, found);
            });
        }
        return found;
    }

    private static void add(Connection connection, FieldRule rule, List<JsonPlace> found) {
        for (String path : rule.paths()) {
            String place = Template.of(path).fill(connection::setting);
            if (place != null && !place.startsWith("parent.")) found.add(JsonPlace.of(place));
        }
    }

    private static List<JsonPlace> ids(Connection connection) {
        List<JsonPlace> found = mapped(connection, IDS);
        Tool.Parents parents = connection.tool().parents();
        if (parents == null) return found;
        parents.map().values().forEach(place -> found.add(JsonPlace.of(place)));
        Tool.Questions questions = parents.questions();
        if (questions == null) return found;
        Stream.of(questions.id(), questions.type(), questions.choice(), questions.field())
                .filter(place -> place != null)
                .forEach(place -> found.add(JsonPlace.of(place)));
        return found;
    }

    /** Notes what a tree holds. */
    void read(Tool tool, JsonNode tree) {
        for (Tool.Stream stream : streams(tool)) paging(stream.paging(), tree);
        Export export = tool.responses().export();
        if (export != null) {
            address(tree, export.poll().file());
            told(tree, export.poll().state(), "[A-Za-z_ -]{1,30}");
        }
        walk(tree);
    }

    /** Notes whose ids a page of the list of people holds: of those too who answered nothing. */
    void people(Connection connection, Taken page) {
        Tool.Stream stream = connection.tool().respondents();
        List<JsonPlace> found = new ArrayList<>();
        if (stream.map().containsKey(Word.ID)) add(connection, stream.map().get(Word.ID), found);
        ArrayNode rows = page.rows(stream.records());
        if (rows != null) rows.forEach(row -> found.forEach(place -> note(people, place.in(row))));
    }

    private void paging(Paging paging, JsonNode tree) {
        if (paging instanceof Paging.Pages pages) told(tree, pages.pages(), NUMBER);
        if (paging instanceof Paging.Offset offset) told(tree, offset.total(), NUMBER);
        if (paging instanceof Paging.Next next) address(tree, next.next());
    }

    private void told(JsonNode tree, String place, String shape) {
        String text = Payloads.text(tree, place);
        if (text != null && text.matches(shape)) told.add(text);
    }

    private void address(JsonNode tree, String place) {
        String text = Payloads.text(tree, place);
        if (text != null && text.matches("(https?://|/|\\?).*")) addresses.add(text);
    }

    private void walk(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(names::add);
            kinds.forEach(kind -> kind.places.forEach(place -> note(kind.values, place.in(object))));
        }
        if (node.isValueNode()) texts.add(node.asText());
        node.forEach(this::walk);
    }

    private void note(Set<String> values, JsonNode found) {
        if (found == null || found.isNull()) return;
        if (found.isContainerNode()) {
            if (values == people) found.forEach(item -> note(values, item));
        } else if (values != times || time(found)) {
            values.add(found.asText());
        }
    }

    /** A time between 2000 and 2100; what else may be read as one is some other number. */
    private boolean time(JsonNode node) {
        Instant time = formats.read(node);
        return time != null && time.getEpochSecond() > 946_684_800L && time.getEpochSecond() < 4_102_444_800L;
    }
}
