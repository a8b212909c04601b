package bellwether.mapping;

import bellwether.nps.Window;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a schema cannot say about {@code config/health.yaml}: windows that there are, thresholds in order, weights, names apart. */
final class HealthChecks {
    /** What signals and events are called beside the names the admin gives. */
    private static final Set<String> TAKEN = Set.of(
            "relationship_health",
            "composite_health",
            "category_change",
            "dropped_to_passive",
            "dropped_to_detractor",
            "first_answer_detractor",
            "account_falling",
            "silence",
            "warning");

    private final Document document;
    private final JsonNode root;
    private final List<Mistake> mistakes = new ArrayList<>();

    HealthChecks(Document document) {
        this.document = document;
        this.root = document.root();
    }

    List<Mistake> check() {
        customWindows();
        for (int i = 0; i < root.path("windows").size(); i++) {
            window("/windows/" + i);
        }
        titles();
        window("/relationship/window");
        var relationship = new SignalSettings.Relationship(null, null, null, null, null);
        order("/relationship", "NPS", relationship.goodFrom(), relationship.poorBelow());
        root.path("named_health").fieldNames().forEachRemaining(this::named);
        composite();
        paying();
        names();
        return mistakes;
    }

    private void customWindows() {
        root.path("custom_windows").properties().forEach(entry -> {
            String pointer = Document.child("/custom_windows", entry.getKey());
            try {
                Window.parse(entry.getKey());
                add(pointer, "there is a window of this name already.", "Call it something else.");
            } catch (IllegalArgumentException free) {
                // As it should be.
            }
            try {
                if (entry.getValue().isTextual()
                        && !(Window.parse(entry.getValue().asText()) instanceof Window.Fixed)) {
                    add(pointer, "a window of your own is two dates.", "Write one like 2026-01-01..2026-03-31.");
                }
            } catch (IllegalArgumentException e) {
                add(pointer, e.getMessage(), "A window of your own is two dates such as 2026-01-01..2026-03-31.");
            }
        });
    }

    private void window(String pointer) {
        JsonNode name = root.at(pointer);
        if (!name.isTextual() || root.path("custom_windows").has(name.asText())) {
            return;
        }
        try {
            Window.parse(name.asText());
        } catch (IllegalArgumentException e) {
            add(pointer, e.getMessage(), "Or name one of your own in custom_windows.");
        }
    }

    private void titles() {
        Map<String, String> seen = new HashMap<>();
        root.path("roles").properties().forEach(role -> {
            for (int i = 0; i < role.getValue().size(); i++) {
                String title = role.getValue().get(i).asText();
                String other = seen.putIfAbsent(Roles.plain(title), role.getKey());
                if (other != null) {
                    add(
                            "/roles/" + role.getKey() + "/" + i,
                            "'" + title + "' is a title of '" + other + "' already.",
                            "A title has one role; capitals make no difference.");
                }
            }
        });
    }

    private void named(String name) {
        String pointer = Document.child("/named_health", name);
        window(pointer + "/window");
        var usual = new SignalSettings.Named(null, null, null, null, null);
        order(pointer, "percentage of satisfied answers", usual.goodFrom(), usual.poorBelow());
        root.at(pointer).path("metrics").fieldNames().forEachRemaining(metric -> {
            String bands = pointer + "/metrics/" + metric;
            JsonNode satisfied = root.at(bands + "/satisfied_from");
            JsonNode dissatisfied = root.at(bands + "/dissatisfied_to");
            if (satisfied.isInt() && dissatisfied.isInt() && satisfied.asInt() <= dissatisfied.asInt()) {
                add(
                        bands + "/satisfied_from",
                        "satisfied answers from " + satisfied.asInt() + " overlap with dissatisfied ones up to "
                                + dissatisfied.asInt() + ".",
                        "satisfied_from must be above dissatisfied_to.");
            }
        });
    }

    /** A good health cannot begin below a poor one, whether either is written or left as shipped. */
    private void order(String pointer, String figure, int usualGood, int usualPoor) {
        JsonNode rule = root.at(pointer);
        int good = rule.path("good_from").asInt(usualGood);
        int poor = rule.path("poor_below").asInt(usualPoor);
        if (good < poor) {
            add(
                    pointer + (rule.has("good_from") ? "/good_from" : "/poor_below"),
                    "a good health (from " + figure + " " + good + ") cannot begin below a poor one (under " + poor
                            + ").",
                    "good_from must be poor_below or more.");
        }
    }

    private void composite() {
        JsonNode inputs = root.at("/composite/inputs");
        if (!inputs.isObject()) {
            return;
        }
        window("/composite/window");
        var usual = new SignalSettings.Composite(null, null, null, null, null, null);
        order("/composite", "score", usual.goodFrom(), usual.poorBelow());
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode input : inputs) {
            sum = sum.add(input.path("weight").decimalValue());
        }
        if (sum.compareTo(BigDecimal.valueOf(100)) != 0) {
            add("/composite/inputs", "the weights sum to " + sum.toPlainString() + ".", "They must sum to 100.");
        }
        inputs.fieldNames().forEachRemaining(this::input);
    }

    private void input(String name) {
        String pointer = Document.child("/composite/inputs", name);
        JsonNode input = root.at(pointer);
        boolean range = input.has("worst") || input.has("best");
        if (name.equals(SignalSettings.Composite.NPS)) {
            int most = root.at("/composite/max_nps_weight").asInt(SignalSettings.Composite.MAX_NPS_WEIGHT);
            if (input.path("weight").asInt() > most) {
                add(
                        pointer + "/weight",
                        "the NPS may weigh at most " + most + ".",
                        "Give more weight to what customers do, or raise max_nps_weight.");
            }
            if (range || input.has("values")) {
                add(pointer, "the NPS has its own range, -100 to 100.", "Write its weight only.");
            }
        } else if (range == input.has("values") || range && !(input.has("worst") && input.has("best"))) {
            add(
                    pointer,
                    "this must say what the field's values are worth.",
                    "Write worst and best for a number, or values for texts.");
        } else if (range && equal(input.path("worst"), input.path("best"))) {
            add(pointer + "/best", "best and worst are the same number.", "They must differ.");
        }
    }

    private void paying() {
        JsonNode paying = root.path("paying");
        String by = paying.path("by").asText("");
        if (by.isEmpty()) {
            return;
        }
        if (Paying.attribute(by) && !paying.has("values")) {
            add(
                    "/paying/by",
                    "this must say which values of '" + by + "' a paying account has.",
                    "Write values, or use revenue or all.");
        } else if (!Paying.attribute(by) && paying.has("values")) {
            add("/paying/values", "'" + by + "' has no values.", "Leave them out, or name an attribute of accounts.");
        }
    }

    private static boolean equal(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() && one.decimalValue().compareTo(other.decimalValue()) == 0;
    }

    /** Signals and events are told apart by name. */
    private void names() {
        Set<String> healths = new HashSet<>(TAKEN);
        root.path("named_health").fieldNames().forEachRemaining(name -> {
            if (!healths.add(name + "_health")) {
                add(Document.child("/named_health", name), "there is a health of this name already.", "Rename it.");
            }
        });
        root.path("milestones").fieldNames().forEachRemaining(name -> {
            if (healths.contains(name)) {
                add(
                        Document.child("/milestones", name),
                        "a signal or warning has this name already.",
                        "Give the milestone another name.");
            }
        });
    }

    /** What the directory's mapping does not read of accounts; {@code account} is what it does. */
    static List<Mistake> unmapped(Document document, JsonNode account, String file) {
        List<String> mapped = new ArrayList<>();
        account.path("attributes").fieldNames().forEachRemaining(mapped::add);
        Map<String, String> asked = new LinkedHashMap<>();
        document.root().at("/composite/inputs").fieldNames().forEachRemaining(name -> {
            if (!name.equals(SignalSettings.Composite.NPS)) {
                asked.put(Document.child("/composite/inputs", name), name);
            }
        });
        List<Mistake> mistakes = new ArrayList<>();
        String paying = document.root().at("/paying/by").asText(Paying.ALL.by());
        if (Paying.attribute(paying)) {
            asked.put("/paying/by", paying);
        } else if (paying.equals(Paying.REVENUE.by()) && !account.path("fields").hasNonNull("revenue")) {
            mistakes.add(
                    document.mistake(
                            "/paying/by",
                            "the revenue of accounts is not read in " + file + ".",
                            "Map it to a field of the CRM in directory.account.fields, or use all, or an attribute of accounts."));
        }
        asked.forEach((pointer, name) -> {
            if (!mapped.contains(name)) {
                mistakes.add(document.mistake(
                        pointer,
                        "'" + name + "' is no attribute of accounts in " + file + ".",
                        "Map it to a field of the CRM in directory.account.attributes"
                                + (mapped.isEmpty() ? "." : ", or use one of: " + String.join(", ", mapped) + ".")));
            }
        });
        return mistakes;
    }

    private void add(String pointer, String what, String advice) {
        mistakes.add(document.mistake(pointer, what, advice));
    }
}
