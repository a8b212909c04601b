package bellwether.simulator;

import java.util.List;

/** What people write under a score: several scripts, emoji, quotes, line breaks, text that looks like HTML, and trivia. */
final class Comments {
    private static final List<String> HAPPY = List.of(
            "Setup took ten minutes.",
            "Support answered within the hour, thank you!",
            "Très bon outil, équipe réactive.",
            "Einfach großartig – läuft seit Monaten ohne Ausfall.",
            "¡Me encanta! Fácil y rápido.",
            "Всё работает быстро и надёжно.",
            "とても使いやすいです。",
            "非常好用,客服很专业。",
            "منتج رائع وسهل الاستخدام.",
            "बहुत बढ़िया उत्पाद, धन्यवाद।",
            "Love it ❤️🚀",
            "She said \"best tool we bought\" – and she is right.",
            "서비스가 정말 좋아요 👍");
    private static final List<String> UNSURE = List.of(
            "Good, but reports are slow.",
            "Bien, mais l'export manque d'options.",
            "Ganz gut, Preis etwas hoch.",
            "Неплохо, но хочется больше отчётов.",
            "まあまあです。",
            "还可以,希望增加导出功能。",
            "جيد ولكن يحتاج إلى تحسين.",
            "ठीक है, पर धीमा है।",
            "n/a",
            "-",
            "ok 🙂",
            "Works on my machine;\nnot on my colleague's.");
    private static final List<String> UNHAPPY = List.of(
            "Too slow since the last update.",
            "Renewal price went up 40 %, nobody told us.",
            "Nul. Trois semaines sans réponse.",
            "Leider ständig Abstürze beim Export.",
            "No funciona el inicio de sesión único.",
            "Очень медленно, поддержка молчит.",
            "エラーが多すぎる。",
            "经常崩溃,非常失望。",
            "بطيء جدا ولا أحد يرد.",
            "बहुत धीमा और महँगा।",
            "😡😡😡",
            "<b>not bold</b> & <script>alert(\"x\")</script>",
            "First line\r\nsecond line\twith a tab\\and a backslash",
            "We'll leave'; DROP TABLE responses;--",
            "👩‍👩‍👧‍👦 the whole team is annoyed 🇩🇪");

    private Comments() {}

    /** A comment that suits the score, or null; {@code number} tells repeats apart so that most comments are unique. */
    static String about(long seed, long number, Integer score, boolean csat) {
        if (score == null || Dice.chance(seed, 41, number, 0.45)) {
            return null;
        }
        int high = csat ? 5 : 9;
        int low = csat ? 3 : 6;
        List<String> choices = score >= high ? HAPPY : score <= low ? UNHAPPY : UNSURE;
        String text = Dice.pick(seed, 42, number, choices);
        return Dice.chance(seed, 43, number, 0.3) ? text : text + " (" + (number % 9973) + ")";
    }
}
