package bellwether.source;

import bellwether.http.ErrorRule;
import bellwether.mapping.FieldRule;
import bellwether.mapping.JsonTemplate;
import bellwether.mapping.Setting;
import bellwether.mapping.Template;
import bellwether.mapping.Word;
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
 * @param naiveZone zone of times written without one, or a setting that names it; null for UTC
 * @param parents the surveys whose answers are asked for one by one, or null
 * @param respondents how people are read, or null if the responses say who answered
 * @param sends who was asked, or null
 * @param webhook what the tool tells by itself, or null
 * @param file how rows of an exported file are read, or null
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
        String naiveZone,
        Parents parents,
        Stream responses,
        Stream respondents,
        Stream sends,
        Webhook webhook,
        RowFile file) {

    public Tool {
        settings = settings == null ? Map.of() : settings;
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        headers = headers == null ? Map.of() : headers;
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

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
            JsonTemplate body,
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
            String method, String path, Map<String, List<String>> query, JsonTemplate body, int most, String records) {
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
            JsonTemplate body,
            String records,
            Paging paging,
            List<Select> select,
            Map<String, String> map,
            Questions questions) {
        public Parents {
            query = query == null ? Map.of() : query;
            select = select == null ? List.of() : List.copyOf(select);
        }

        /** The list itself. */
        public Stream list() {
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
     * @param field place of the name by which its answer is asked for, reachable as the list {@code parent.fields}; or null
     */
    public record Questions(
            String path,
            String method,
            JsonTemplate body,
            String list,
            String id,
            String type,
            String title,
            String choices,
            String choice,
            String weight,
            String field) {
        public Questions {
            method = method == null ? "GET" : method;
        }
    }

    /**
     * The rows of a file that somebody exported.
     *
     * @param map our word to the column, or to the place in an object where lines are JSON
     * @param sends the same where the rows say who was asked and not who answered, or null
     * @param timeFormats as they stand in files; those of the tool unless told
     * @param headerRows rows above the records, 1 unless told: the first names the columns, the others explain them
     */
    public record RowFile(
            Map<Word, FieldRule> map, Map<Word, FieldRule> sends, List<String> timeFormats, int headerRows) {
        public RowFile {
            map = map == null ? Map.of() : map;
            timeFormats = timeFormats == null ? List.of() : List.copyOf(timeFormats);
            headerRows = Math.max(1, headerRows);
        }
    }
}
