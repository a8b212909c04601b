package bellwether.contract;

import bellwether.mapping.JsonPlace;
import bellwether.source.Paging;
import bellwether.source.Position;
import bellwether.source.Select;
import bellwether.source.Tool;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Shortens what a tool answers: some surveys, some rows of each list, and then its end, which looks like its pages without rows. */
final class Cut {
    private static final int SURVEYS = 3;

    private static final class Read {
        private int rows;
        private int pages;
    }

    private final Tool tool;
    private final Recording.Size most;
    private final Set<String> wanted;
    private final Map<String, Read> lists = new HashMap<>();
    private final Map<String, Taken> pages = new HashMap<>();
    private final Set<String> chosen = new LinkedHashSet<>();
    private final Set<String> met = new HashSet<>();

    /** @param wanted surveys that are read, or none for the first few */
    Cut(Tool tool, Recording.Size most, Set<String> wanted) {
        this.tool = tool;
        this.most = most;
        this.wanted = wanted;
    }

    /** The end of the list in place of its next page; null while more of it may be asked for. */
    Taken end(Position position) {
        boolean enough;
        if (position.scan().equals(Position.PARENTS)) {
            if (position.bookmark().page() == null) met.clear();
            enough = position.bookmark().page() != null && allMet();
        } else {
            Read read = lists.get(key(position));
            enough = read != null && (read.rows >= most.rows() || read.pages >= most.pages());
        }
        return enough ? emptied(pages.get(kind(position)), stream(position)) : null;
    }

    /** A page with no more rows than are wanted. */
    Taken shortened(Position position, Taken page) {
        Taken kept = page.copy();
        ArrayNode rows = kept.rows(stream(position).records());
        if (rows == null) return page;
        pages.put(kind(position), kept);
        if (position.scan().equals(Position.PARENTS)) {
            choose(rows);
            return kept;
        }
        Read read = lists.computeIfAbsent(key(position), list -> new Read());
        while (rows.size() > most.rows() - read.rows) rows.remove(rows.size() - 1);
        read.rows += rows.size();
        read.pages++;
        return kept;
    }

    Tool.Stream stream(Position position) {
        return switch (position.scan()) {
            case Position.PARENTS -> tool.parents().list();
            case Position.PERSONS -> tool.respondents();
            case Position.SENDS -> tool.sends();
            default -> tool.responses();
        };
    }

    private static String key(Position position) {
        return position.parent() + "\n" + position.scan();
    }

    private static String kind(Position position) {
        String scan = position.scan();
        boolean own = Set.of(Position.PARENTS, Position.PERSONS, Position.SENDS).contains(scan);
        return own ? scan : "";
    }

    private boolean allMet() {
        return wanted.isEmpty() ? chosen.size() >= SURVEYS && met.containsAll(chosen) : met.containsAll(wanted);
    }

    private void choose(ArrayNode rows) {
        JsonNode first = rows.get(0);
        for (int i = 0; i < rows.size(); ) {
            if (takes(rows.get(i))) i++;
            else rows.remove(i);
        }
        // an empty page might look like the end, although what is wanted comes behind it
        if (rows.isEmpty() && first != null && !allMet()) {
            chosen.add(id(first));
            rows.add(first);
        }
    }

    private boolean takes(JsonNode row) {
        if (!Select.all(tool.parents().select(), row)) return false;
        String id = id(row);
        boolean taken = chosen.contains(id) || (wanted.isEmpty() ? chosen.size() < SURVEYS : wanted.contains(id));
        if (taken) {
            chosen.add(id);
            met.add(id);
        }
        return taken;
    }

    private String id(JsonNode row) {
        JsonNode id = JsonPlace.of(tool.parents().map().get("id")).in(row);
        return id == null ? "" : id.asText().strip();
    }

    private static Taken emptied(Taken page, Tool.Stream stream) {
        Taken end = page.copy();
        end.rows(stream.records()).removeAll();
        Paging paging = stream.paging();
        if (paging instanceof Paging.Pages numbered) {
            no(end, numbered.more());
            zero(end, numbered.pages());
        } else if (paging instanceof Paging.Offset offset) {
            no(end, offset.more());
            zero(end, offset.total());
        } else if (paging instanceof Paging.Cursor cursor) {
            no(end, cursor.more());
            set(end, cursor.next(), NullNode.instance);
        } else if (paging instanceof Paging.Row row) {
            no(end, row.more());
        } else if (paging instanceof Paging.Next next) {
            no(end, next.more());
            set(end, next.next(), NullNode.instance);
        }
        return new Taken(end.status(), null, end.tree(), end.payload());
    }

    private static void no(Taken end, String more) {
        set(end, more, BooleanNode.FALSE);
    }

    private static void zero(Taken end, String place) {
        JsonNode number = place == null ? null : JsonPlace.of(place).in(end.tree());
        if (number != null) set(end, place, number.isTextual() ? TextNode.valueOf("0") : IntNode.valueOf(0));
    }

    private static void set(Taken end, String place, JsonNode value) {
        if (place != null) Taken.put(end.tree(), place, value);
    }
}
