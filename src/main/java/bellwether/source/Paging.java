package bellwether.source;

import bellwether.http.Answer;
import bellwether.mapping.JsonPlace;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/** How a long list is cut: what a page is asked with, and what follows from its answer. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Paging.Pages.class, name = "page"),
    @JsonSubTypes.Type(value = Paging.Offset.class, name = "offset"),
    @JsonSubTypes.Type(value = Paging.Cursor.class, name = "cursor"),
    @JsonSubTypes.Type(value = Paging.Row.class, name = "row"),
    @JsonSubTypes.Type(value = Paging.Next.class, name = "next"),
    @JsonSubTypes.Type(value = Paging.Link.class, name = "link"),
    @JsonSubTypes.Type(value = Paging.None.class, name = "none")
})
public sealed interface Paging {
    /** Rows per page at most, or null where the tool alone decides. */
    Integer most();

    /** The page the bookmark stands at; a value may be null on the first page. */
    List<Parameter> ask(Bookmark at, int size);

    /** What follows from a page. */
    After after(Seen page);

    /** True if a page is told by an address instead of parameters. */
    default boolean byAddress() {
        return false;
    }

    /** After so many full pages a new window begins if it can, or null. */
    default Integer windowPages() {
        return null;
    }

    /**
     * One value a page is asked with.
     *
     * @param word the placeholder it can stand in: {@code page}, {@code size}, {@code offset}, {@code token}
     * @param name of the query parameter, or null if it stands in a placeholder only
     */
    record Parameter(String word, String name, String value) {}

    /** A page that was read. */
    record Seen(Answer.Ok answer, JsonNode rows, Bookmark at, int size) {
        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

        private Boolean more(String place) {
            JsonNode found = place(place);
            return found == null || found.isNull() ? null : (Boolean) found.asBoolean();
        }

        private Long number(String place) {
            JsonNode found = place(place);
            String text = found == null ? "" : found.asText().strip();
            return NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
        }

        private JsonNode place(String place) {
            return place == null || answer.json() == null
                    ? null
                    : JsonPlace.of(place).in(answer.json());
        }

        private int count() {
            return rows.size();
        }
    }

    /** What follows from a page. */
    sealed interface After {
        /** Another page. */
        record On(String page) implements After {}

        /** The list is read to its end. */
        record End() implements After {}

        /** There is more, but the tool answers no further page of this window. */
        record Cap() implements After {}

        /** The tool says there is more and not where. */
        record Lost() implements After {}

        private static After on(JsonNode page, Boolean more) {
            boolean there = page != null && page.isValueNode() && !page.isNull();
            boolean named = there && !page.asText().isBlank() && !page.asText().equals("false");
            if (named && !Boolean.FALSE.equals(more)) return new On(page.asText());
            return Boolean.TRUE.equals(more) ? new Lost() : new End();
        }
    }

    /**
     * Numbered pages; an empty one is the end unless the tool says better.
     *
     * @param page name of the parameter with the page's number
     * @param size name of the parameter with the rows per page
     * @param first number of the first page
     * @param last number of the last page the tool answers, or null; beyond it a new window begins
     * @param windowPages after so many full pages a new window begins if it can: 1 unless told, since numbers shift when a row is
     *     deleted
     * @param pages place of the number of pages, or null
     * @param more place of "there is more", or null
     */
    record Pages(
            String page,
            String size,
            int first,
            Integer last,
            Integer most,
            Integer windowPages,
            String pages,
            String more)
            implements Paging {
        public Pages {
            windowPages = windowPages == null ? 1 : windowPages;
        }

        @Override
        public List<Parameter> ask(Bookmark at, int rows) {
            return List.of(
                    new Parameter("page", page, Integer.toString(number(at))),
                    new Parameter("size", size, Integer.toString(rows)));
        }

        @Override
        public After after(Seen seen) {
            int number = number(seen.at());
            Boolean told = seen.more(more);
            Long count = seen.number(pages);
            if (Boolean.FALSE.equals(told) || count != null && number - first + 1 >= count) return new After.End();
            if (told == null && count == null && seen.count() == 0) return new After.End();
            return last != null && number >= last ? new After.Cap() : new After.On(Integer.toString(number + 1));
        }

        private int number(Bookmark at) {
            return at.page() == null ? first : Integer.parseInt(at.page());
        }
    }

    /**
     * Rows to be passed over.
     *
     * @param offset name of the parameter with the rows to pass over
     * @param total place of the number of all rows, or null
     * @param cap rows the tool answers of one window, or null
     */
    record Offset(String offset, String size, Integer most, String total, String more, Long cap, Integer windowPages)
            implements Paging {
        public Offset {
            windowPages = windowPages == null ? 1 : windowPages;
        }

        @Override
        public List<Parameter> ask(Bookmark at, int rows) {
            long left = cap == null ? rows : Math.min(rows, cap - passed(at));
            return List.of(
                    new Parameter("offset", offset, Long.toString(passed(at))),
                    new Parameter("size", size, Long.toString(left)));
        }

        @Override
        public After after(Seen seen) {
            Boolean told = seen.more(more);
            Long all = seen.number(total);
            // An empty page although there is more: what was filtered after cutting is passed over.
            long next = passed(seen.at()) + (seen.count() == 0 ? seen.size() : seen.count());
            if (Boolean.FALSE.equals(told) || all != null && next >= all) return new After.End();
            if (told == null && all == null && seen.count() == 0) return new After.End();
            return cap != null && next >= cap ? new After.Cap() : new After.On(Long.toString(next));
        }

        private static long passed(Bookmark at) {
            return at.page() == null ? 0 : Long.parseLong(at.page());
        }
    }

    /**
     * A token in the answer: body cursor, scroll id.
     *
     * @param token name of the parameter with the token
     * @param next place of the next page's token
     */
    record Cursor(String token, String next, String more, String size, Integer most, Long cap) implements Paging {
        @Override
        public List<Parameter> ask(Bookmark at, int rows) {
            return List.of(
                    new Parameter("token", token, at.page()), new Parameter("size", size, Integer.toString(rows)));
        }

        @Override
        public After after(Seen seen) {
            After after = After.on(seen.place(next), seen.more(more));
            long rows = seen.at().rows() + seen.count();
            return after instanceof After.On && cap != null && rows + seen.size() > cap ? new After.Cap() : after;
        }
    }

    /**
     * The token stands in the last row; an empty page is the end.
     *
     * @param next its place in a row
     */
    record Row(String token, String next, String more, String size, Integer most) implements Paging {
        @Override
        public List<Parameter> ask(Bookmark at, int rows) {
            return List.of(
                    new Parameter("token", token, at.page()), new Parameter("size", size, Integer.toString(rows)));
        }

        @Override
        public After after(Seen seen) {
            Boolean told = seen.more(more);
            if (seen.count() == 0 || Boolean.FALSE.equals(told)) return new After.End();
            return After.on(JsonPlace.of(next).in(seen.rows().get(seen.count() - 1)), true);
        }
    }

    /**
     * The next page's address stands in the answer, absolute or relative.
     *
     * @param next its place
     * @param windowPages after so many full pages a new window begins if it can, or null: for addresses that hold no more than the number
     *     of a page
     */
    record Next(String next, String more, String size, Integer most, Integer windowPages) implements Paging {
        @Override
        public List<Parameter> ask(Bookmark at, int rows) {
            return List.of(new Parameter("size", size, Integer.toString(rows)));
        }

        @Override
        public After after(Seen seen) {
            return After.on(seen.place(next), seen.more(more));
        }

        @Override
        public boolean byAddress() {
            return true;
        }
    }

    /**
     * The next page's address stands in the header {@code Link} (RFC 8288).
     *
     * @param rel the relation that leads there, {@code next} unless told
     */
    record Link(String rel, String size, Integer most) implements Paging {
        @Override
        public List<Parameter> ask(Bookmark at, int rows) {
            return List.of(new Parameter("size", size, Integer.toString(rows)));
        }

        @Override
        public After after(Seen seen) {
            String address = Links.named(seen.answer().headers().get("link"), rel == null ? "next" : rel);
            return address == null ? new After.End() : new After.On(address);
        }

        @Override
        public boolean byAddress() {
            return true;
        }
    }

    /** All in one answer. */
    record None() implements Paging {
        @Override
        public Integer most() {
            return null;
        }

        @Override
        public List<Parameter> ask(Bookmark at, int rows) {
            return List.of();
        }

        @Override
        public After after(Seen page) {
            return new After.End();
        }
    }
}
