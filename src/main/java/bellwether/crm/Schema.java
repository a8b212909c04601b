package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the CRM says of its objects: an object or field that is not there, or that we may not write, is left out and reported. */
public final class Schema {
    private final CrmMapping mapping;
    private final List<String> windows;
    private final Caller caller;
    private final Columns columns;
    private volatile Map<String, Set<String>> missing;
    private volatile Set<String> absent = Set.of();

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

    /** Whether the revenue of accounts is read. */
    public boolean readsRevenue() {
        return mapping.directory().get("account").field("revenue") != null;
    }

    boolean known() {
        return missing != null;
    }

    /** Asks the CRM. Returns the fault that kept it from saying, which leaves what is known as it is; else null. */
    public Fault read() {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        Set<String> notFound = new TreeSet<>();
        Fault unfound = null;
        for (CrmMapping.Kind kind : mapping.push().values()) {
            Answer answer = caller.call(Request.read("/sobjects/" + kind.object() + "/describe", List.of()));
            if (answer instanceof Answer.Ok ok) {
                found.put(kind.object(), absent(kind, ok.json()));
                continue;
            }
            unfound = ((Answer.Failed) answer).fault();
            if (!unfound.code().equals("NOT_FOUND")) {
                return unfound;
            }
            notFound.add(kind.object());
        }
        // Where nothing is found at all, it is not the objects that are missing.
        if (found.isEmpty() && unfound != null) {
            return unfound;
        }
        absent = notFound;
        missing = found;
        return null;
    }

    /** Whether records of this kind can be written: it is declared, and the CRM has the object. */
    boolean writes(String kind) {
        CrmMapping.Kind declared = mapping.push().get(kind);
        return declared != null && !absent.contains(declared.object());
    }

    /** Takes out of content what the CRM does not have. */
    void strip(CrmMapping.Kind kind, ObjectNode content) {
        for (String field : missing(kind.object())) {
            content.remove(field.replaceAll("\\..*", ""));
        }
    }

    /** Declared fields of an object that the CRM does not have or does not let us write. */
    public Set<String> missing(String object) {
        return missing == null ? Set.of() : missing.getOrDefault(object, Set.of());
    }

    /** One sentence per object with missing fields. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>(columns.complaints());
        absent.forEach(
                object -> complaints.add(object + " is not there, or not for this user: its records are left out,"
                        + " everything else is written. Create it, or set its kind to null in an overlay."));
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
            if (update || (create && kind.verb() != CrmMapping.Verb.UPDATE)) {
                writable.add(field.path("name").asText());
                writable.add(field.path("relationshipName").asText());
            }
        });
        Set<String> absent = new TreeSet<>();
        kind.fields().forEach((word, column) -> {
            if (column != null && !writable.contains(column.field().replaceAll("\\..*", ""))) {
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
