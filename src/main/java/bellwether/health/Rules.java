package bellwether.health;

import bellwether.nps.AttributeBy;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings that decide what counts and what it means.
 *
 * @param window the default window: the one the CRM's account fields and the relationship show
 * @param windows all windows to roll up; the default one is among them in any case
 * @param policy the default policy
 * @param zone where days begin
 * @param minNFlag below this many answers a figure is indicative and raises no signal of falling
 * @param minNHide below this many answers views by CSM and by team hide the score
 * @param good at this NPS and above the relationship is good
 * @param poor below this NPS it is poor
 * @param unknownAfterDays with a last answer older than this it is unknown
 * @param sponsors roles of executive sponsors, in any capitals
 * @param keyContacts roles of key contacts, in any capitals
 * @param countNoScore unscored answers count towards n: for parity with another tool only
 * @param duplicateWithin an answer this soon after another of the same person, survey and score is suspected to be a duplicate; zero: never
 * @param attributeBy whose answer it is when a contact has changed accounts
 */
public record Rules(
        Window window,
        List<Window> windows,
        Policy policy,
        ZoneId zone,
        int minNFlag,
        int minNHide,
        int good,
        int poor,
        int unknownAfterDays,
        Set<String> sponsors,
        Set<String> keyContacts,
        boolean countNoScore,
        Duration duplicateWithin,
        AttributeBy attributeBy) {
    public Rules {
        if (good < poor) {
            throw new IllegalArgumentException(
                    "A good relationship (from NPS " + good + ") cannot begin below a poor one (under " + poor + ").");
        }
        List<Window> all = new ArrayList<>(windows);
        if (!all.contains(window)) {
            all.add(0, window);
        }
        windows = all.stream().distinct().toList();
        sponsors = lower(sponsors);
        keyContacts = lower(keyContacts);
    }

    /** The shipped rules: trailing six months, this and last month and quarter, latest answer per person. */
    public static Rules defaults(ZoneId zone) {
        return new Rules(
                Window.parse("trailing_6_months"),
                List.of(
                        Window.parse("trailing_6_months"),
                        Window.parse("this_month"),
                        Window.parse("last_month"),
                        Window.parse("this_quarter"),
                        Window.parse("last_quarter")),
                Policy.LATEST_PER_PERSON,
                zone,
                5,
                3,
                30,
                0,
                180,
                Set.of("sponsor", "executive sponsor"),
                Set.of("key contact"),
                false,
                Duration.ofMinutes(30),
                AttributeBy.NOW);
    }

    /** The same rules in the zone of one account; null leaves them as they are. */
    public Rules in(ZoneId accountZone) {
        return accountZone == null || accountZone.equals(zone)
                ? this
                : new Rules(
                        window,
                        windows,
                        policy,
                        accountZone,
                        minNFlag,
                        minNHide,
                        good,
                        poor,
                        unknownAfterDays,
                        sponsors,
                        keyContacts,
                        countNoScore,
                        duplicateWithin,
                        attributeBy);
    }

    /** How much a figure of so many answers may be leaned on, as people and CRMs are told. */
    public String sample(int n) {
        return n == 0 ? "No responses" : n < minNFlag ? "Indicative" : "Sufficient";
    }

    /** Sponsor, key contact or user: whose view of us a role stands for; null where there is no role. */
    String roleClass(String role) {
        return role == null || role.isBlank()
                ? null
                : isSponsor(role) ? "sponsor" : isKeyContact(role) ? "key contact" : "user";
    }

    boolean isSponsor(String role) {
        return role != null && sponsors.contains(role.strip().toLowerCase(Locale.ROOT));
    }

    boolean isKeyContact(String role) {
        return role != null && keyContacts.contains(role.strip().toLowerCase(Locale.ROOT));
    }

    private static Set<String> lower(Set<String> roles) {
        return roles.stream()
                .map(role -> role.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
