package bellwether.source;

import bellwether.mapping.FieldRule;
import bellwether.mapping.JsonPlace;
import bellwether.mapping.Template;
import bellwether.mapping.Word;
import java.util.List;
import java.util.Map;

/** Finds what is wrong with a tool's file where it speaks of webhooks and files. */
final class IntakeLinter {
    private final Tool tool;
    private final Linter.Mistakes mistakes;
    private final Linter linter;

    IntakeLinter(Tool tool, Linter.Mistakes mistakes, Linter linter) {
        this.tool = tool;
        this.mistakes = mistakes;
        this.linter = linter;
    }

    void check() {
        if (tool.webhook() != null) webhook(tool.webhook());
        if (tool.file() != null) file(tool.file());
    }

    private void webhook(Webhook webhook) {
        webhook.verify().settings().stream()
                .filter(name -> !tool.settings().containsKey(name))
                .sorted()
                .forEach(name -> mistakes.add(
                        "/webhook/verify",
                        "there is no setting '" + name + "'.",
                        "Declare it under 'settings', or correct it."));
        if (webhook.verify() instanceof Verify.Path && !webhook.hint() && webhook.thin() == null)
            mistakes.add(
                    "/webhook/verify",
                    "a notice that nobody signed is believed.",
                    "Write: hint: true, so that it only starts a pull, or fetch the response by 'thin'.");
        if (webhook.hint() && (webhook.thin() != null || webhook.map() != null))
            mistakes.add("/webhook/hint", "a hint brings no response.", "Take 'thin' and 'map' out, or the hint.");
        if (webhook.thin() != null) {
            if (webhook.map() != null)
                mistakes.add(
                        "/webhook/map", "what is fetched is read by the map of the responses.", "Take the map out.");
            if (Template.of(webhook.thin()).names().isEmpty())
                mistakes.add("/webhook/thin", "no place of the body stands in it.", "Say which response is asked for.");
            Template.of(webhook.thin()).names().forEach(place -> place("/webhook/thin", place));
        }
        place("/webhook/record", webhook.record());
        if (webhook.event() != null) place("/webhook/event/at", webhook.event().at());
        if (webhook.map() != null) {
            linter.map("/webhook/map", webhook.map(), tool.timeFormats());
            needed("/webhook/map", webhook.map(), List.of(Word.ID, Word.ANSWERED_AT));
        }
    }

    private void file(Tool.RowFile file) {
        List<String> formats = file.timeFormats().isEmpty() ? tool.timeFormats() : file.timeFormats();
        linter.map("/file/map", file.map(), formats);
        needed("/file/map", file.map(), List.of(Word.ANSWERED_AT));
        known("/file/map", file.map());
        if (file.sends() == null) return;
        linter.map("/file/sends", file.sends(), formats);
        needed("/file/sends", file.sends(), List.of(Word.SENT_AT));
        known("/file/sends", file.sends());
    }

    private void needed(String pointer, Map<Word, FieldRule> map, List<Word> words) {
        for (Word word : words) {
            if (!map.containsKey(word))
                mistakes.add(pointer, "'" + word.word() + "' is not mapped.", "Say where it stands.");
        }
    }

    /** A row without an id is known by its person. */
    private void known(String pointer, Map<Word, FieldRule> map) {
        if (!map.containsKey(Word.ID) && !map.containsKey(Word.EMAIL) && !map.containsKey(Word.RESPONDENT))
            mistakes.add(pointer, "nothing tells one row from another.", "Map 'id', 'email' or 'respondent'.");
    }

    private void place(String pointer, String place) {
        try {
            JsonPlace.of(place);
        } catch (IllegalArgumentException e) {
            mistakes.add(pointer, String.valueOf(e.getMessage()), "Correct the place.");
        }
    }
}
