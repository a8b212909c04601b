package bellwether.health;

import bellwether.store.Census;
import bellwether.store.Sight;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * By what a company's answers are put into groups. Each answer is in exactly one group; whose value is not known is in
 * {@link #NONE}.
 *
 * @param account the group that all answers of an account are in; null where they may be in several
 */
public record Grouping(String name, Function<Census.Given, String> value, Function<Long, String> account) {
    public static final String NONE = "(none)";
    public static final String PAST_DUE = "past due";
    public static final String SOON = "0-90 days";
    public static final String LATER = "91-120 days";
    public static final String FAR = "more than 120 days";

    /** The first two together: 0 to 120 days. */
    public static final String CUMULATIVE = "0-120 days";

    /** The groups of a renewal date in their order. */
    static final List<String> RENEWAL = List.of(PAST_DUE, SOON, LATER, FAR, NONE);

    /** What can be grouped by without being declared as an attribute. */
    public static final Set<String> BUILT_IN = Set.of("role", "role_class", "survey", "source");

    /** The attribute behind {@code renewal}. */
    public static final String RENEWAL_DATE = "renewal_date";

    /**
     * @param name one of {@link #BUILT_IN}, an attribute's name, or {@code renewal}
     * @param kind what the attribute belongs to, {@code account} or {@code contact}; of no meaning for the others
     */
    static Grouping of(String name, String kind, Sight sight, Rules rules, LocalDate today) {
        switch (name) {
            case "survey":
                return byAnswer(name, given -> named(given.answer().survey()));
            case "source":
                return byAnswer(name, given -> given.answer().source());
            case "role", "role_class":
                Map<Long, String> roles = sight.roles();
                return byAnswer(name, given -> {
                    String role = roles.get(given.answer().contact());
                    return named(name.equals("role") ? role : rules.roleClass(role));
                });
            case "renewal":
                Map<Long, String> dates = sight.attribute("account", RENEWAL_DATE);
                return byAccount(name, account -> renewal(dates.get(account), today));
            default:
                Map<Long, String> values = sight.attribute(kind, name);
                return kind.equals("account")
                        ? byAccount(name, account -> named(values.get(account)))
                        : byAnswer(
                                name, given -> named(values.get(given.answer().contact())));
        }
    }

    private static Grouping byAnswer(String name, Function<Census.Given, String> value) {
        return new Grouping(name, value, null);
    }

    private static Grouping byAccount(String name, Function<Long, String> account) {
        return new Grouping(name, given -> account.apply(given.account()), account);
    }

    /** Whose figures hide the score of few answers: those that are about one person or a few. */
    boolean personal() {
        return name.equals("csm") || name.equals("team");
    }

    private static String named(String value) {
        return value == null || value.isBlank() ? NONE : value.strip();
    }

    /** By whole local days from today, both ends inside. */
    static String renewal(String date, LocalDate today) {
        if (date == null) {
            return NONE;
        }
        try {
            long days = ChronoUnit.DAYS.between(today, LocalDate.parse(date.substring(0, Math.min(10, date.length()))));
            return days < 0 ? PAST_DUE : days <= 90 ? SOON : days <= 120 ? LATER : FAR;
        } catch (DateTimeException e) {
            return NONE;
        }
    }
}
