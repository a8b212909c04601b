package bellwether.source;

import bellwether.mapping.FieldRule;
import bellwether.mapping.Setting;
import bellwether.mapping.Word;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A survey tool as declared in {@code mappings/tools/<name>.yaml}: how it is asked and what its records mean.
 *
 * @param settings what a connection gives beyond the common keys
 * @param baseUrl used unless the connection names another
 * @param timeFormats tried in order for every instant, see {@link bellwether.mapping.Times}
 * @param naiveZone zone of times written without one, or a setting that names it; null for UTC
 * @param parents the surveys whose answers are asked for one by one, or null
 * @param respondents how people are read, or null if the responses say who answered
 * @param sends who was asked, or null
 */
public record Tool(
        String tool,
        String label,
        Map<String, Setting> settings,
        String baseUrl,
        Auth auth,
        Limits limits,
        List<String> timeFormats,
        String naiveZone,
        Parents parents,
        Stream responses,
        Stream respondents,
        Stream sends) {

    public Tool {
        settings = settings == null ? Map.of() : settings;
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
     * A list that is read bit by bit.
     *
     * @param path relative to the base address, with placeholders
     * @param method GET unless told
     * @param query fixed parameters, the explicit order among them; several values repeat the parameter
     * @param body template of a JSON body, or null
     * @param records place of the list in the answer, {@code $} for the answer itself
     * @param payload what the answer is packed in, or null for plain JSON
     * @param paging null where there is an export
     * @param cursor null where the whole list is read each time
     * @param export how the list is ordered and fetched, instead of paging; or null
     * @param select rows that are taken
     * @param uniqueWithin {@code survey} where ids are unique only inside a survey; or null
     * @param one how a single record is asked for, with {@code {id}} in it, or null
     * @param batch how several are asked for, or null
     * @param map our word to the place in a record
     */
    public record Stream(
            String path,
            String method,
            Map<String, List<String>> query,
            JsonNode body,
            String records,
            Payload payload,
            Paging paging,
            Cursor cursor,
            Export export,
            List<Select> select,
            String uniqueWithin,
            String one,
            Batch batch,
            Map<Word, FieldRule> map) {

        public Stream {
            method = method == null ? "GET" : method;
            query = query == null ? Map.of() : query;
            records = records == null ? "$" : records;
            paging = paging == null ? new Paging.None() : paging;
            select = select == null ? List.of() : List.copyOf(select);
            map = map == null ? Map.of() : map;
        }

        /** True if it is read for each parent by itself. */
        boolean perParent() {
            return Asking.names(this).stream().anyMatch(name -> name.startsWith("parent."));
        }
    }

    /**
     * Several records in one call.
     *
     * @param body with {@code {ids}}, a list
     * @param most ids per call
     * @param records place of the list in the answer
     */
    public record Batch(
            String method, String path, Map<String, List<String>> query, JsonNode body, int most, String records) {
        public Batch {
            method = method == null ? "GET" : method;
            query = query == null ? Map.of() : query;
            records = records == null ? "$" : records;
        }
    }

    /**
     * The surveys or forms whose answers are asked for one by one.
     *
     * @param map a name, reachable as {@code parent.<name>}, to the place in a row; {@code id} among them
     * @param questions how a parent's questions are read, or null
     */
    public record Parents(
            String path,
            String method,
            Map<String, List<String>> query,
            JsonNode body,
            String records,
            Paging paging,
            List<Select> select,
            Map<String, String> map,
            Questions questions) {

        /** The list itself. */
        Stream list() {
            return new Stream(
                    path, method, query, body, records, null, paging, null, null, select, null, null, null, null);
        }
    }

    /**
     * What a parent asks, so that the score's question can be found by its type or title.
     *
     * @param list place of the questions in the answer
     * @param id place of a question's id in it, as are type and title
     * @param choices place of a question's choices, or null
     * @param choice place of a choice's id in a choice
     * @param weight place of its score in a choice
     */
    public record Questions(
            String path,
            String list,
            String id,
            String type,
            String title,
            String choices,
            String choice,
            String weight) {}
}
