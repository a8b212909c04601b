package bellwether.source;

import bellwether.mapping.FieldRule;
import bellwether.mapping.Setting;
import bellwether.mapping.Word;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * A survey tool as declared in {@code mappings/tools/<name>.yaml}: how it is asked and what its records mean.
 *
 * @param settings what a connection gives beyond the common keys
 * @param baseUrl used unless the connection names another
 * @param timeFormats tried in order for every instant, see {@link bellwether.mapping.Times}
 * @param naiveZone zone of times written without one
 * @param respondents how people are read, or null if the responses say who answered
 */
public record Tool(
        String tool,
        String label,
        Map<String, Setting> settings,
        String baseUrl,
        Auth auth,
        Limits limits,
        List<String> timeFormats,
        ZoneId naiveZone,
        Stream responses,
        Stream respondents) {

    public Tool {
        settings = settings == null ? Map.of() : settings;
        naiveZone = naiveZone == null ? ZoneOffset.UTC : naiveZone;
    }

    /** How a caller proves who it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Auth.ClientCredentials.class, name = "oauth2_client_credentials"))
    public sealed interface Auth {
        /**
         * OAuth2 client credentials: a form with {@code client_id} and {@code client_secret}, answered by a bearer token. There is no
         * refresh token, so it is asked for again.
         */
        record ClientCredentials(String loginUrl) implements Auth {}
    }

    /**
     * What the tool allows; a header that is not sent is null.
     *
     * @param reset names the header that says when calls are allowed again
     * @param resetAs {@code unix_seconds} for a point in time, {@code seconds} for a length
     */
    public record Limits(Integer requestsPerMinute, String remaining, String reset, String resetAs) {}

    /**
     * A list that is read in windows of time.
     *
     * @param query fixed parameters, the explicit order among them
     * @param records place of the list in the answer, {@code $} for the answer itself
     * @param one how a single record is asked for, with {@code {id}} in it, or null
     * @param map our word to the place in a record
     */
    public record Stream(
            String path,
            Map<String, String> query,
            String records,
            Paging paging,
            Cursor cursor,
            String one,
            Map<Word, FieldRule> map) {
        public Stream {
            query = query == null ? Map.of() : query;
            records = records == null ? "$" : records;
        }
    }

    /** How a long list is cut. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Paging.Pages.class, name = "page"))
    public sealed interface Paging {
        /** Rows per page at most. */
        int most();

        /**
         * Numbered pages; an empty one is the end.
         *
         * @param page name of the parameter with the page's number
         * @param size name of the parameter with the rows per page
         * @param first number of the first page
         * @param last number of the last page the tool answers, or null; beyond it a new window begins
         * @param windowPages after so many full pages a new window begins if it can: 1 for lists that change under the reader
         */
        record Pages(String page, String size, int first, Integer last, int most, Integer windowPages)
                implements Paging {}
    }

    /**
     * Which instant of a record the windows are cut by.
     *
     * @param word ours, mapped to that instant
     * @param from name of the parameter with the lower bound, inclusive
     * @param to name of the parameter with the upper bound, exclusive
     * @param as how bounds are written, see {@link bellwether.mapping.Times#write}; also their precision
     * @param lag how far the upper bound stays behind now, since rows may appear late
     * @param overlap how far the next scan begins before the end of the last
     */
    public record Cursor(Word word, String from, String to, String as, Duration lag, Duration overlap) {
        public Cursor {
            lag = lag == null ? Duration.ZERO : lag;
            overlap = overlap == null ? Duration.ZERO : overlap;
        }
    }
}
