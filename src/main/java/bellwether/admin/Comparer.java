package bellwether.admin;

import bellwether.health.Comparison;
import bellwether.health.Parity;
import bellwether.health.Rules;
import bellwether.nps.Rounding;
import bellwether.nps.Window;
import bellwether.store.Census;
import bellwether.store.DeadLetters;
import bellwether.store.Sight;
import bellwether.store.Store;
import bellwether.store.UndeclaredSurveys;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Compares what is held of a tool's connection with the number that the tool shows. Asks no tool; changes nothing. */
public final class Comparer {
    private final Store store;
    private final Rules rules;
    private final Clock clock;

    public Comparer(Store store, Rules rules, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Reads the number that a tool shows.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static BigDecimal theirs(String text) {
        if (!text.matches("[+\\-−]?\\d{1,3}([.,]\\d)?")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an NPS as a tool shows it: write a number such as 41, -12 or 41.3.");
        }
        BigDecimal theirs = new BigDecimal(text.replace('−', '-').replace(',', '.'));
        if (theirs.abs().compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("An NPS lies between -100 and 100, not at " + text + ".");
        }
        return theirs;
    }

    /**
     * How the tool rounds, told or seen from its number.
     *
     * @throws IllegalArgumentException if the number has more decimals than it can have
     */
    public static Rounding rounding(BigDecimal theirs, String told) {
        Rounding rounding = told == null ? Rounding.of(theirs) : Rounding.parse(told);
        if (!rounding.fits(theirs)) {
            throw new IllegalArgumentException(theirs.toPlainString() + " was not rounded to an integer.");
        }
        return rounding;
    }

    /**
     * @param connection its name
     * @param source the name its responses are kept under
     */
    public ComparisonView compare(
            String connection, String source, Window window, BigDecimal theirs, Rounding rounding) {
        Instant now = clock.instant();
        var census = new Census(store);
        LocalDate today = LocalDate.ofInstant(now, rules.zone());
        Comparison comparison = Parity.of(census, rules, source, window, now, theirs, rounding);
        return ComparisonView.of(
                connection,
                Explainer.bounds(window, comparison.span(), rules.zone()),
                today,
                comparison,
                rules,
                check(connection, source, window, census, today));
    }

    /** What no way of counting can show, the known facts first. */
    private List<String> check(String connection, String source, Window window, Census census, LocalDate today) {
        List<String> check = new ArrayList<>();
        new UndeclaredSurveys(store)
                .of(source)
                .forEach(seen ->
                        check.add("Survey " + seen.survey() + " is declared nowhere, so none of its " + seen.responses()
                                + " responses is counted in any step. Name it in nps_surveys if the tool counts it."));
        long letters = new DeadLetters(store, clock).open(connection);
        if (letters > 0) {
            check.add(letters + " records of " + connection + " were set aside and are counted in no step: see the dead"
                    + " letters.");
        }
        Instant since = census.look(Sight::dataSince);
        LocalDate from = window.dates(today).from();
        LocalDate begun = since == null ? null : LocalDate.ofInstant(since, rules.zone());
        if (begun != null && (from == null || from.isBefore(begun))) {
            check.add("The window begins before " + begun + ", from when on there are responses here: read more with"
                    + " `bellwether sync " + connection + " --since`, or compare a shorter window.");
        }
        check.add(
                "Is the tool's window the same? Many count back from this hour, leave today out, or file a response under the"
                        + " day it was sent or last changed.");
        check.add("Does the tool's page filter by survey, channel, segment or property, or sample?");
        check.add("Were responses deleted or edited in the tool since they were read? `bellwether sync " + connection
                + " --since` reads them again.");
        return check;
    }
}
