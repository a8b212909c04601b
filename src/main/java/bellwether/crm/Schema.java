package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the CRM says of its objects: a field that is not there, or that we may not write, is left out and reported. */
public final class Schema {
    private final CrmMapping mapping;
    private final List<String> windows;
    private final Caller caller;
    private final Columns columns;
    private volatile Map<String, Set<String>> missing;

    /** @param windows those beside the default one that get account fields of their own */
    public Schema(CrmMapping mapping, List<String> windows, Caller caller, Clock clock) {
        this.mapping = mapping;
        this.windows = windows;
        this.caller = caller;
        this.columns = new Columns(mapping, caller, clock);
    }

    /** What is read from this CRM where it is the directory. */
    Columns columns() {
        return columns;
    }

    /** As {@link CrmMapping#dimensions()}. */
    public Map<String, String> dimensions() {
        return mapping.dimensions();
    }

    boolean known() {
        return missing != null;
    }

    /** Asks the CRM; an {@link Answer.Failed} leaves what is known as it is. */
    public Answer read() {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        Answer answer = null;
        for (CrmMapping.Kind kind : mapping.push().values()) {
            answer = caller.call(Request.read("/sobjects/" + kind.object() + "/describe", List.of()));
            if (!(answer instanceof Answer.Ok ok)) {
                return answer;
            }
            found.put(kind.object(), absent(kind, ok.json()));
        }
        missing = found;
        return answer;
    }

    /** Declared fields of an object that the CRM does not have or does not let us write. */
    public Set<String> missing(String object) {
        return missing == null ? Set.of() : missing.getOrDefault(object, Set.of());
    }

    /** One sentence per object with missing fields. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>(columns.complaints());
        if (missing != null) {
            missing.forEach((object, fields) -> {
                if (!fields.isEmpty()) {
                    complaints.add(object + " has no writable " + String.join(", ", fields)
                            + ": these are left out, everything else is written. Create them, or set them to null in an"
                            + " overlay.");
                }
            });
        }
        return complaints;
    }

    private Set<String> absent(CrmMapping.Kind kind, JsonNode description) {
        Set<String> writable = new HashSet<>();
        description.path("fields").forEach(field -> {
            boolean update = field.path("updateable").asBoolean(true);
            boolean create = field.path("createable").asBoolean(true);
            if (update || (create && kind.verb() == CrmMapping.Verb.UPSERT)) {
                writable.add(field.path("name").asText());
            }
        });
        Set<String> absent = new TreeSet<>();
        kind.fields().forEach((word, column) -> {
            if (column != null && !writable.contains(column.field())) {
                absent.add(column.field());
            }
            if (column != null && kind.windowField() != null) {
                for (String window : windows) {
                    var further = kind.column(word, window);
                    if (Composer.WINDOW_WORDS.contains(word) && !writable.contains(further.field())) {
                        absent.add(further.field());
                    }
                }
            }
        });
        return absent;
    }
}
