package bellwether.histories;

import bellwether.health.Fields;
import bellwether.nps.Fraction;
import bellwether.nps.Nps;
import bellwether.store.Projection;
import java.util.Map;
import java.util.TreeMap;

/** A CRM that takes every word as it is. */
final class Plain implements Fields, Projection {
    private final String main;

    /** After how many more questions the process ends; negative for never. */
    int crashAfter = -1;

    /** @param main the default window, whose figures go without a prefix */
    Plain(String main) {
        this.main = main;
    }

    @Override
    public String crm() {
        return "crm";
    }

    @Override
    public boolean wants(String kind) {
        return true;
    }

    @Override
    public Act signal(Event event) {
        perhapsCrash();
        return new Act(event.rule() + " " + event.value(), "key");
    }

    @Override
    public String contact(Map<String, Object> words) {
        perhapsCrash();
        return shown("", words).toString();
    }

    @Override
    public String account(Map<String, Object> words, Map<String, Map<String, Object>> byWindow) {
        perhapsCrash();
        Map<String, String> all = shown("", words);
        byWindow.forEach((window, figures) -> {
            if (!window.equals(main)) {
                all.putAll(shown(window + ".", figures));
            }
        });
        return all.toString();
    }

    private void perhapsCrash() {
        if (crashAfter-- == 0) {
            throw new Crash();
        }
    }

    /** As if the process had ended. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Map<String, String> shown(String prefix, Map<String, Object> words) {
        Map<String, String> shown = new TreeMap<>();
        words.forEach((word, value) -> shown.put(prefix + word, value == null ? null : text(value)));
        return shown;
    }

    /** Without the name of the fiscal period, which the oracle does not know. */
    private static String text(Object value) {
        if (value instanceof Nps nps) {
            return nps.display();
        }
        if (value instanceof Fraction fraction) {
            return fraction.rounded(1).toString();
        }
        return value.toString().replaceAll(" \\(FY[^)]*\\)", "");
    }

    @Override
    public String response(Facts f) {
        perhapsCrash();
        boolean nowhere = f.contact() == null && f.account() == null;
        return f.contact() + "|" + f.account() + "|" + f.score() + "|" + (nowhere ? null : f.counted()) + "|"
                + f.comment() + "|" + f.answeredAt() + "|" + f.metric() + (f.deleted() ? "|deleted" : "");
    }
}
