package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.simulator.Company.Contact;
import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Growth;
import bellwether.simulator.Company.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompanyTest {
    static final Instant ANCHOR = Instant.parse("2026-11-22T18:04:05Z");
    private static final Company COMPANY = Company.of(42, ANCHOR);
    private static final List<Response> RESPONSES = responses(COMPANY);
    private static final Map<Integer, EndUser> END_USERS = IntStream.range(0, COMPANY.endUserCount())
            .mapToObj(COMPANY::endUser)
            .collect(Collectors.toMap(EndUser::id, user -> user));
    private static final List<Contact> CONTACTS = IntStream.range(0, COMPANY.contactCount())
            .mapToObj(COMPANY::contact)
            .toList();

    @Test
    void sameSeedGivesTheSameCompanyAndAnotherSeedAnother() {
        assertThat(responses(Company.of(42, ANCHOR))).isEqualTo(RESPONSES);
        assertThat(responses(Company.of(43, ANCHOR))).isNotEqualTo(RESPONSES);
    }

    @Test
    void responsesFillSevenMonthsOldestFirst() {
        assertThat(RESPONSES).hasSize(10_000);
        assertThat(RESPONSES.get(0).created())
                .isBetween(Instant.parse("2026-04-22T18:04:05Z"), Instant.parse("2026-04-22T20:00:00Z"));
        assertThat(RESPONSES.get(9_999).created()).isBetween(ANCHOR.minus(Duration.ofHours(3)), ANCHOR);
        assertThat(RESPONSES).extracting(Response::created).isSorted();
        assertThat(RESPONSES).extracting(Response::id).isSorted().doesNotHaveDuplicates();
        assertThat(RESPONSES).allSatisfy(r -> assertThat(r.updated()).isBetween(r.created(), ANCHOR));
    }

    @Test
    void someSecondsHoldManyResponsesAndOneMoreThanAPage() {
        Map<Instant, Long> perSecond =
                RESPONSES.stream().collect(Collectors.groupingBy(Response::created, Collectors.counting()));
        assertThat(perSecond.values().stream().filter(n -> n > 1)).hasSizeGreaterThan(50);
        assertThat(perSecond.values()).anyMatch(n -> n > 60);
    }

    @Test
    void updatesOfALargeCompanyAreSpreadOverTime() {
        Company large = Company.of(1, 8_000, 120_000, 100_000, ANCHOR);

        assertThat(mostInOneSecond(IntStream.range(0, large.endUserCount())
                        .mapToObj(i -> large.endUser(i).updated())))
                .isLessThan(20);
        assertThat(mostInOneSecond(IntStream.range(0, large.responseCount())
                        .mapToObj(i -> large.response(i).updated())))
                .isLessThan(Answers.BURST);
    }

    private static long mostInOneSecond(Stream<Instant> instants) {
        return instants
                .collect(Collectors.groupingBy(at -> at.getEpochSecond(), Collectors.counting()))
                .values()
                .stream()
                .mapToLong(n -> n)
                .max()
                .orElse(0);
    }

    @Test
    void threeKindsOfSurveysAndOneNobodyDeclared() {
        Map<Integer, List<Response>> bySurvey = RESPONSES.stream().collect(Collectors.groupingBy(Response::surveyId));
        assertThat(bySurvey.keySet()).containsExactlyInAnyOrder(31, 32, 77, 99);
        assertThat(bySurvey.get(77)).filteredOn(r -> r.score() != null).allMatch(r -> r.score() >= 1 && r.score() <= 5);
        assertThat(bySurvey.get(99).size()).isBetween(20, 200);
        assertThat(bySurvey.get(31)).extracting(Response::score).contains(0, 1, 5, 6, 7, 8, 9, 10, null);
    }

    @Test
    void excludedUnscoredEditedAndCommentedRowsInManyScripts() {
        assertThat(RESPONSES).filteredOn(Response::excluded).hasSizeBetween(80, 300);
        assertThat(RESPONSES)
                .filteredOn(r -> r.score() == null)
                .hasSizeBetween(150, 500)
                .allMatch(r -> !r.completed() && r.text() == null);
        assertThat(RESPONSES)
                .filteredOn(r -> Duration.between(r.created(), r.updated()).toDays() > 2)
                .hasSizeGreaterThan(200);
        String all =
                RESPONSES.stream().map(Response::text).filter(t -> t != null).collect(Collectors.joining());
        for (Character.UnicodeScript script : new Character.UnicodeScript[] {
            Character.UnicodeScript.LATIN,
            Character.UnicodeScript.CYRILLIC,
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.ARABIC,
            Character.UnicodeScript.DEVANAGARI
        }) {
            assertThat(all.codePoints()).anyMatch(c -> Character.UnicodeScript.of(c) == script);
        }
        assertThat(all).contains("é", "🚀", "👩‍👩‍👧‍👦", "\"best", "\r\n", "<script>", "\\");
    }

    @Test
    void peopleAnswerSeveralTimesAndSomeAreUnknownToTheCrm() {
        Map<Integer, Long> perPerson =
                RESPONSES.stream().collect(Collectors.groupingBy(Response::endUserId, Collectors.counting()));
        assertThat(perPerson.values().stream().filter(n -> n > 2)).hasSizeGreaterThan(500);
        Set<String> known =
                CONTACTS.stream().map(c -> c.email().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        List<EndUser> responders =
                perPerson.keySet().stream().map(END_USERS::get).toList();
        assertThat(responders).doesNotContainNull();
        assertThat(responders)
                .filteredOn(u -> u.email() != null && !known.contains(u.email().toLowerCase(Locale.ROOT)))
                .hasSizeBetween(50, 250);
        assertThat(responders).filteredOn(u -> u.email() == null).isNotEmpty();
        assertThat(responders).filteredOn(EndUser::deleted).isNotEmpty();
    }

    @Test
    void capitalsDifferBetweenToolAndCrm() {
        Map<String, String> inCrm = new HashMap<>();
        CONTACTS.forEach(c -> inCrm.put(c.email().toLowerCase(Locale.ROOT), c.email()));
        long differing = END_USERS.values().stream()
                .filter(u -> u.email() != null)
                .filter(u -> inCrm.containsKey(u.email().toLowerCase(Locale.ROOT)))
                .filter(u -> !inCrm.get(u.email().toLowerCase(Locale.ROOT)).equals(u.email()))
                .count();
        assertThat(differing).isGreaterThan(100);
    }

    @Test
    void oneEmailOnTwoContactsOfOneAccountAndOneOfTwoAccounts() {
        Map<String, List<Contact>> byEmail =
                CONTACTS.stream().collect(Collectors.groupingBy(c -> c.email().toLowerCase(Locale.ROOT)));
        List<List<Contact>> twins =
                byEmail.values().stream().filter(c -> c.size() > 1).toList();
        assertThat(twins).hasSize(2).allMatch(c -> c.size() == 2);
        assertThat(twins.stream().map(c -> c.get(0).accountId().equals(c.get(1).accountId())))
                .containsExactlyInAnyOrder(true, false);
        Set<String> answered = RESPONSES.stream()
                .map(r -> END_USERS.get(r.endUserId()).email())
                .filter(e -> e != null)
                .map(e -> e.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertThat(twins).allMatch(c -> answered.contains(c.get(0).email().toLowerCase(Locale.ROOT)));
    }

    @Test
    void accountsWithoutAnswersWithPromotersOnlyAndWithAnOldAnswerOnly() {
        Map<String, List<Response>> byAccount = byAccount();
        Set<String> silent = IntStream.range(0, COMPANY.accountCount())
                .mapToObj(i -> COMPANY.account(i).id())
                .filter(id -> !byAccount.containsKey(id))
                .collect(Collectors.toSet());
        assertThat(silent)
                .hasSizeGreaterThan(5)
                .contains(
                        COMPANY.account(People.SILENT).id(),
                        COMPANY.account(People.EMPTY).id());
        assertThat(byAccount.get(COMPANY.account(People.PROMOTERS_ONLY).id()))
                .hasSize(3)
                .allMatch(r -> r.score() >= 9 && !r.excluded() && r.surveyId() == 31);
        List<Response> old = byAccount.get(COMPANY.account(People.OLD_ONLY).id());
        assertThat(old).singleElement().satisfies(r -> {
            assertThat(Duration.between(r.created(), ANCHOR)).isBetween(Duration.ofDays(180), Duration.ofDays(181));
            assertThat(r.score()).isNotNull();
        });
    }

    @Test
    void rolesAreTitlesAndSomeContactsHaveNoAccount() {
        assertThat(CONTACTS).extracting(Contact::title).contains("Executive Sponsor", "Key Contact", "End User", null);
        assertThat(CONTACTS).filteredOn(c -> c.accountId() == null).hasSizeBetween(20, 150);
        assertThat(CONTACTS)
                .extracting(Contact::id)
                .allMatch(id -> SalesforceId.normal(id).orElseThrow().equals(id))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,5,20", "1,1,1", "3,7,199", "12,60,200", "12,60,450"})
    void smallCompaniesWork(int accounts, int contacts, int responses) {
        Company company = Company.of(7, accounts, contacts, responses, ANCHOR).withFlaws();
        assertThat(responses(company)).hasSize(responses + Flaw.values().length);
        company.grow(ANCHOR.plusSeconds(60), 3, 2, 1);
        assertThat(responses(company)).extracting(Response::created).isSorted();
    }

    @Test
    void flawsComeOnlyWhenAskedFor() {
        assertThat(RESPONSES).allMatch(r -> r.flaw() == null);
        List<Response> rows = responses(Company.of(42, 20, 100, 300, ANCHOR).withFlaws());
        assertThat(rows.subList(300, rows.size())).extracting(Response::flaw).containsExactly(Flaw.values());
        String shown = new String(
                WootricJson.row(rows.get(300 + Flaw.SCORE_WORD.ordinal())), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shown).contains("\"score\":\"nine\"");
        assertThat(rows.get(300 + Flaw.HUGE_COMMENT.ordinal()).text()).hasSize(1 << 20);
        assertThat(new String(WootricJson.row(rows.get(300 + Flaw.NO_CREATED.ordinal()))))
                .doesNotContain("created_at");
    }

    @Test
    void growingAddsEditsAndLetsContactsAppear() {
        Company company = Company.of(42, 40, 400, 2_000, ANCHOR);
        List<Response> before = responses(company);
        Instant now = ANCHOR.plus(Duration.ofMinutes(5));
        Growth growth = company.grow(now, 4, 20, 1);
        List<Response> after = responses(company);
        assertThat(growth.added())
                .hasSize(4)
                .allMatch(r -> r.created().isAfter(ANCHOR.minusSeconds(86_400))
                        && !r.created().isAfter(now));
        assertThat(after.subList(2_000, 2_004)).isEqualTo(growth.added());
        assertThat(after).extracting(Response::created).isSorted();
        List<Response> changed = new ArrayList<>(after.subList(0, 2_000));
        changed.removeAll(before);
        assertThat(changed).isNotEmpty().allMatch(r -> r.updated().equals(now)).hasSizeBetween(10, 20);
        assertThat(changed).anyMatch(r -> r.created().isBefore(now.minus(2, ChronoUnit.DAYS)));
        Contact arrived = growth.contacts().get(0);
        assertThat(company.contact(400)).isEqualTo(arrived);
        assertThat(IntStream.range(0, 400).mapToObj(i -> company.contact(i).email()))
                .doesNotContain(arrived.email());
        assertThat(IntStream.range(0, company.endUserCount())
                        .mapToObj(i -> company.endUser(i).email()))
                .contains(arrived.email());
    }

    static List<Response> responses(Company company) {
        return IntStream.range(0, company.responseCount())
                .mapToObj(company::response)
                .toList();
    }

    private static Map<String, List<Response>> byAccount() {
        Map<String, String> accounts = new HashMap<>();
        CONTACTS.stream()
                .filter(c -> c.accountId() != null)
                .forEach(c -> accounts.put(c.email().toLowerCase(Locale.ROOT), c.accountId()));
        Map<String, List<Response>> byAccount = new HashMap<>();
        for (Response response : RESPONSES) {
            String email = END_USERS.get(response.endUserId()).email();
            String account = email == null ? null : accounts.get(email.toLowerCase(Locale.ROOT));
            if (account != null) {
                byAccount.computeIfAbsent(account, a -> new ArrayList<>()).add(response);
            }
        }
        return byAccount;
    }

    @Test
    void idsAreTheVendorsOwn() {
        assertThat(SalesforceId.normal("00130000000xEft"))
                .contains("00130000000xEftAAE")
                .hasValueSatisfying(id -> assertThat(id).hasSize(18));
        assertThat(SalesforceId.normal("00130000000xEftAAF")).isEmpty();
        assertThat(SalesforceId.normal("0013000-000xEft")).isEmpty();
        assertThat(new HashSet<>(List.of(SalesforceId.of("001", 1), SalesforceId.of("001", 62))))
                .hasSize(2);
    }
}
