package bellwether.health;

import bellwether.mapping.HealthSettings;
import bellwether.mapping.Roles;
import bellwether.mapping.SignalSettings;
import bellwether.nps.AcceptPartial;
import bellwether.nps.AttributeBy;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings that decide what counts and what it means.
 *
 * @param windows all windows to roll up; the first is the default, which the CRM's plain account fields show
 * @param policy the default policy
 * @param zone where days begin
 * @param minNFlag below this many answers a figure is indicative and raises no signal of falling
 * @param minNHide below this many answers views by CSM and by team hide the score
 * @param countNoScore unscored answers count towards n: for parity with another tool only
 * @param includeChurned figures of the company include accounts that are customers no more
 * @param duplicateWithin an answer this soon after another of the same person, survey and score is suspected to be a duplicate; zero: never
 * @param followed of sources that belong together because one tool was handed over to the next: the first one of each
 * @param acceptPartial of sources whose answers do not count at once where they are not completed: from when they do
 * @param attributeBy whose answer it is when a contact has changed accounts
 * @param signals what answers are taken as a sign of
 * @param judgedOver the window of each health, by its name
 */
public record Rules(
        List<Window> windows,
        Policy policy,
        ZoneId zone,
        int minNFlag,
        int minNHide,
        boolean countNoScore,
        boolean includeChurned,
        Duration duplicateWithin,
        Map<String, String> followed,
        Map<String, AcceptPartial> acceptPartial,
        AttributeBy attributeBy,
        SignalSettings signals,
        Map<String, Window> judgedOver) {
    /** As the admin wrote them, where no source follows another and every answer with a score counts at once. */
    public static Rules of(HealthSettings settings, ZoneId zone) {
        return of(settings, zone, Map.of(), Map.of());
    }

    /** As the admin wrote them. */
    public static Rules of(
            HealthSettings settings,
            ZoneId zone,
            Map<String, String> followed,
            Map<String, AcceptPartial> acceptPartial) {
        return new Rules(
                settings.windows(),
                settings.policy(),
                zone,
                settings.minNFlag(),
                settings.minNHide(),
                settings.countNoScore(),
                settings.includeChurned(),
                settings.suspectedDuplicates().count()
                        ? Duration.ZERO
                        : settings.suspectedDuplicates().within(),
                followed,
                acceptPartial,
                settings.attributeBy(),
                settings.signals(),
                settings.judgedOver());
    }

    /** The shipped rules: trailing six months, this and last month and quarter, latest answer per person. */
    public static Rules defaults(ZoneId zone) {
        return of(HealthSettings.defaults(), zone);
    }

    /** The same rules in the zone of one account; null leaves them as they are. */
    public Rules in(ZoneId accountZone) {
        return accountZone == null || accountZone.equals(zone)
                ? this
                : new Rules(
                        windows,
                        policy,
                        accountZone,
                        minNFlag,
                        minNHide,
                        countNoScore,
                        includeChurned,
                        duplicateWithin,
                        followed,
                        acceptPartial,
                        attributeBy,
                        signals,
                        judgedOver);
    }

    /** The source by which those that were handed over one to the next are known; most are known by themselves. */
    String family(String source) {
        return followed.getOrDefault(source, source);
    }

    /** From when an answer of a source counts that is not completed. */
    AcceptPartial accepts(String source) {
        return acceptPartial.getOrDefault(source, AcceptPartial.SCORE_ONLY);
    }

    /** How long before another an answer may be that the other one repeats. */
    Duration bearsOn() {
        return followed.isEmpty() || duplicateWithin.isZero() ? duplicateWithin : duplicateWithin.plusDays(1);
    }

    /** Up to when answers may be that bear on those before an end: one that is not completed may repeat a later one that is. */
    Instant bearsOnUntil(Instant end) {
        return end == null || !acceptPartial.containsValue(AcceptPartial.AFTER_12H) ? end : end.plus(bearsOn());
    }

    /** The default window. */
    public Window window() {
        return windows.get(0);
    }

    /** Every window that an NPS is taken over, to be shown or to be judged. */
    Stream<Window> npsWindows() {
        return Stream.concat(
                        windows.stream(),
                        judgedOver.entrySet().stream()
                                .filter(health -> !signals.named().containsKey(health.getKey()))
                                .map(Map.Entry::getValue))
                .distinct();
    }

    /** The attributes of accounts that a health is made of beside answers, by name. */
    public Set<String> weighed() {
        return signals.composite() == null ? Set.of() : signals.composite().fields();
    }

    /** The same rules for a tool that counts otherwise: unscored answers, those not completed, suspected duplicates as well. */
    Rules counting(boolean unscored, boolean partial, boolean duplicates) {
        return new Rules(
                windows,
                policy,
                zone,
                minNFlag,
                minNHide,
                unscored || countNoScore,
                includeChurned,
                duplicates ? Duration.ZERO : duplicateWithin,
                followed,
                partial ? Map.of() : acceptPartial,
                attributeBy,
                signals,
                judgedOver);
    }

    /** How much a figure of so many answers may be leaned on, as people and CRMs are told. */
    public String sample(int n) {
        return n == 0 ? "No responses" : n < minNFlag ? "Indicative" : "Sufficient";
    }

    /** Sponsor, key contact or user: whose view of us a role stands for; null where there is none of these. */
    String roleClass(String role) {
        Roles.Role known = signals.roles().of(role);
        return known == null ? null : known.text();
    }
}
