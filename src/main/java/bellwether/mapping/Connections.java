package bellwether.mapping;

import bellwether.nps.AcceptPartial;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a schema cannot say about {@code config/connections.yaml}: names, zone, schedules, the directory, windows. */
final class Connections {
    private static final List<String> KINDS = List.of("tools", "crms");
    private static final String WHEN = "Write 'every 5m', or a cron expression with seconds first like '0 0 2 * * ?'.";

    private final Document document;
    private final HealthSettings health;
    private final Function<String, List<String>> declared;
    private final Map<String, String> follows = new LinkedHashMap<>();
    private final Map<String, String> departed = new TreeMap<>();
    private final Map<String, AcceptPartial> acceptPartial = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    /**
     * @param health null if it could not be read
     * @param declared the tools or CRMs there are files for
     */
    Connections(Document document, HealthSettings health, Function<String, List<String>> declared) {
        this.document = document;
        this.health = health;
        this.declared = declared;
    }

    /** All mistakes; tells each connection its own name on the way. */
    List<Mistake> check() {
        word("/zone", Binder::zone, "Write one like Europe/Berlin or UTC.");
        for (String kind : KINDS) {
            for (Map.Entry<String, JsonNode> entry : document.root().path(kind).properties()) {
                String pointer = Document.child("/" + kind, entry.getKey());
                word(pointer + "/schedule", Schedule::of, WHEN);
                if (entry.getValue() instanceof ObjectNode connection) connection.put("name", entry.getKey());
                declared(kind, entry.getValue(), pointer);
                if (kind.equals("crms")) crm(entry.getKey(), entry.getValue(), pointer);
            }
        }
        followed();
        surveys();
        accepted();
        directories();
        return mistakes;
    }

    /** A connection is to a tool or CRM there is a file for; where there is no file at all, that is told by whoever reads them. */
    private void declared(String kind, JsonNode connection, String pointer) {
        String key = kind.equals("crms") ? "crm" : "tool";
        String name = connection.path(key).asText();
        List<String> known = declared.apply(kind);
        if (name.isEmpty() || known.isEmpty() || known.contains(name)) return;
        add(
                pointer + "/" + key,
                "there is no mappings/" + kind + "/" + name + ".yaml.",
                Sentences.suggestion(name, known, "There are: "));
    }

    private void crm(String name, JsonNode crm, String pointer) {
        if (document.root().path("tools").has(name)) {
            add(pointer, "a tool's connection has this name too.", "Give one of them another name.");
        }
        pilot(crm.path("only_accounts"), pointer + "/only_accounts/");
        JsonNode windows = crm.path("windows_in_crm");
        for (int i = 0; health != null && i < windows.size(); i++) {
            String window = windows.get(i).asText();
            if (health.windowNames().contains(window)) continue;
            String kept = String.join(", ", health.windowNames());
            add(
                    pointer + "/windows_in_crm/" + i,
                    "'" + window + "' is not kept.",
                    "Add it to 'windows' in " + Configuration.HEALTH + ", or write one of: " + kept + ".");
        }
    }

    /** Ids of 15 characters become those of 18 by which accounts are known. */
    private void pilot(JsonNode accounts, String pointer) {
        for (int i = 0; accounts instanceof ArrayNode ids && i < ids.size(); i++) {
            if (!ids.get(i).isTextual() || ids.get(i).asText().startsWith("${")) continue;
            String written = ids.get(i).asText();
            String id = RecordId.of(written);
            if (id != null && id.startsWith("001")) {
                ids.set(i, TextNode.valueOf(id));
                continue;
            }
            add(
                    pointer + i,
                    "'" + written + "' is no account's id: it "
                            + (id == null
                                    ? RecordId.shaped(written)
                                            ? "was mistyped, or its capitals were lost."
                                            : "must be 15 or 18 letters and digits."
                                    : "must begin with 001."),
                    "Copy it from the address of the account's page in the CRM.");
        }
    }

    /** A chain of tools that were handed over one to the next has a beginning. */
    private void followed() {
        Set<String> sources = new HashSet<>();
        document.root()
                .path("tools")
                .properties()
                .forEach(tool -> sources.add(tool.getValue().path("source").asText(tool.getKey())));
        for (Map.Entry<String, JsonNode> tool : document.root().path("tools").properties()) {
            String last = tool.getValue().path("follows").asText();
            if (last.isEmpty()) continue;
            String source = tool.getValue().path("source").asText(tool.getKey());
            if (!sources.contains(last)) departed.put(tool.getKey(), last);
            String pointer = Document.child("/tools", tool.getKey()) + "/follows";
            String other = follows.putIfAbsent(source, last);
            if (other != null && !other.equals(last)) {
                add(
                        pointer,
                        "source '" + source + "' follows '" + other + "' already.",
                        "Write the same, or leave it out here.");
            }
            Set<String> seen = new LinkedHashSet<>(Set.of(source));
            for (String next = last; next != null; next = follows.get(next)) {
                if (seen.add(next)) continue;
                String circle = seen.size() == 1 ? "." : ": " + String.join(", then ", seen) + ", then " + next + ".";
                add(
                        pointer,
                        "source '" + source + "' follows itself" + circle,
                        "Write the source of the tool used before it.");
                follows.remove(source);
                break;
            }
        }
    }

    /** A survey of a source asks one kind of question, whichever connection names it. */
    private void surveys() {
        Map<List<String>, String> lists = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> tool : document.root().path("tools").properties()) {
            String source = tool.getValue().path("source").asText(tool.getKey());
            for (String list : List.of("nps_surveys", "csat_surveys", "ces_surveys")) {
                JsonNode written = tool.getValue().path(list);
                if (!written.isTextual() && !written.isArray()) continue;
                Surveys named = Surveys.of(written);
                for (String survey : named.all() ? Set.of("all") : named.ids()) {
                    String before = lists.putIfAbsent(List.of(source, survey), list);
                    if (before == null || before.equals(list)) continue;
                    add(
                            Document.child("/tools", tool.getKey()) + "/" + list,
                            survey.equals("all")
                                    ? before + " of source '" + source + "' says all too."
                                    : "survey " + survey + " of source '" + source + "' is in " + before + " already.",
                            "A survey asks one kind of question: name it in one list, and write all in one at most.");
                }
            }
        }
    }

    /** Answers of one source count by one rule, whichever connection brings them. */
    private void accepted() {
        Map<String, String> first = new HashMap<>();
        for (Map.Entry<String, JsonNode> tool : document.root().path("tools").properties()) {
            JsonNode told = tool.getValue().path("accept_partial");
            AcceptPartial rule = AcceptPartial.of(told.asText(AcceptPartial.SCORE_ONLY.label()));
            if (rule == null) continue;
            String pointer = Document.child("/tools", tool.getKey()) + (told.isMissingNode() ? "" : "/accept_partial");
            if (rule == AcceptPartial.AFTER_12H
                    && health != null
                    && health.signals().maxActAge().compareTo(AcceptPartial.WAIT) <= 0) {
                add(
                        pointer,
                        "an answer that counts after 12 hours is older than max_act_age: nobody would act on it.",
                        "Write more than 12h at 'max_act_age' in " + Configuration.HEALTH + ", or another word here.");
            }
            String source = tool.getValue().path("source").asText(tool.getKey());
            AcceptPartial other = acceptPartial.putIfAbsent(source, rule);
            String before = first.putIfAbsent(source, tool.getKey());
            if (other == null || other == rule) continue;
            add(
                    pointer,
                    "source '" + source + "' has accept_partial: " + other.label() + " in '" + before + "' already.",
                    "Write the same in all connections of one source.");
        }
        acceptPartial.values().removeIf(AcceptPartial.SCORE_ONLY::equals);
    }

    private void directories() {
        JsonNode crms = document.root().path("crms");
        int count = 0;
        for (JsonNode crm : crms) if (crm.path("directory").asBoolean()) count++;
        if (crms.isEmpty() || count == 1) return;
        add(
                "/crms",
                count == 0 ? "no CRM is the directory." : count + " CRMs are declared as the directory.",
                "Write 'directory: true' at exactly one: its contacts and accounts are the people and accounts of Bellwether.");
    }

    private void word(String pointer, Consumer<String> reading, String advice) {
        JsonNode value = document.root().at(pointer);
        JsonNode filled = document.filled().get(pointer);
        if (!value.isTextual() || value.asText().isEmpty() || (filled != null && filled.isMissingNode())) return;
        try {
            reading.accept(value.asText());
        } catch (IllegalArgumentException e) {
            add(pointer, e.getMessage(), advice);
        }
    }

    private void add(String pointer, String what, String advice) {
        mistakes.add(document.mistake(pointer, what, advice));
    }

    /** By source: the source of the tool it replaces; known after the check, without circles. */
    Map<String, String> follows() {
        return Map.copyOf(follows);
    }

    /** By source: what it accepts, where that is more than a score; known after the check. */
    Map<String, AcceptPartial> acceptPartial() {
        return Map.copyOf(acceptPartial);
    }

    /** By connection: the source it follows that no connection has; known after the check. */
    Map<String, String> departed() {
        return Map.copyOf(departed);
    }

    /** Takes the connection with the mistake out of the document; false if the mistake lies elsewhere. */
    static boolean setAside(Document document, Mistake mistake, Map<String, List<Mistake>> broken) {
        Map<String, String> places = new LinkedHashMap<>();
        broken.keySet().forEach(name -> KINDS.forEach(kind -> places.put(kind + "." + name, name)));
        for (String kind : KINDS) {
            document.root().path(kind).fieldNames().forEachRemaining(name -> places.put(kind + "." + name, name));
        }
        for (Map.Entry<String, String> place : places.entrySet()) {
            if (!mistake.where().startsWith(place.getKey())) continue;
            String rest = mistake.where().substring(place.getKey().length());
            if (!rest.isEmpty() && !rest.startsWith(".") && !rest.startsWith("[")) continue;
            broken.computeIfAbsent(place.getValue(), name -> new ArrayList<>()).add(mistake);
            String kind = mistake.where().substring(0, place.getKey().indexOf('.'));
            ((ObjectNode) document.root().path(kind)).remove(place.getValue());
            return true;
        }
        return false;
    }
}
