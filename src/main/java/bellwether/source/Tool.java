package bellwether.source;

import bellwether.http.ErrorRule;
import bellwether.mapping.FieldRule;
import bellwether.mapping.Setting;
import bellwether.mapping.Template;
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
 * @param docs address of the vendor's page about the API, or null
 * @param closed the day (ISO) since which the service is closed: there is history of it, and files, and nothing to be asked; or null
 * @param settings what a connection gives beyond the common keys
 * @param baseUrl used unless the connection names another; null for a tool that everybody runs at an address of their own
 * @param hosts further hosts that may be asked, without credentials
 * @param headers sent with every request
 * @param auth of several ways the first counts whose settings a connection gives
 * @param errors answers that mean something else than their status says
 * @param timeFormats tried in order for every instant, see {@link bellwether.mapping.Times}
 * @param naiveZone zone of times written without one
 * @param respondents how people are read, or null if the responses say who answered
 */
public record Tool(
        String tool,
        String label,
        String docs,
        String closed,
        Map<String, Setting> settings,
        Template baseUrl,
        List<Template> hosts,
        Map<String, Template> headers,
        List<Auth> auth,
        Limits limits,
        List<ErrorRule> errors,
        List<String> timeFormats,
        ZoneId naiveZone,
        Stream responses,
        Stream respondents) {

    public Tool {
        settings = settings == null ? Map.of() : settings;
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        headers = headers == null ? Map.of() : headers;
        errors = errors == null ? List.of() : List.copyOf(errors);
        naiveZone = naiveZone == null ? ZoneOffset.UTC : naiveZone;
    }

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
