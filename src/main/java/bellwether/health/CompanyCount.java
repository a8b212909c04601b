package bellwether.health;

import bellwether.mapping.Paying;
import bellwether.nps.Category;
import bellwether.nps.Coverage;
import bellwether.nps.Policy;
import bellwether.nps.RevenueWeighted;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import bellwether.store.Census;
import bellwether.store.Sight;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Counts a company's figures, person by person, so that no list of all answers is ever held. */
public final class CompanyCount {
    /**
     * What is asked for.
     *
     * @param by what to take the plain figure apart by, or null; see {@link Grouping#of}
     * @param kind of the attribute {@code by} is, or null
     * @param includeChurned true counts accounts that have left among the customers
     * @param paying the accounts whose coverage is asked for
     */
    public record Question(
            Window window, Policy policy, String by, String kind, boolean includeChurned, Paying paying) {}

    private final Rules rules;
    private final Instant now;
    private final Policy policy;
    private final Span span;
    private final boolean includeChurned;
    private final Map<Long, Census.Account> accounts;
    private final List<Census.Account> paying;
    private final Grouping grouping;

    private final Map<String, Tally> groups = new HashMap<>();
    private final Map<String, Set<Long>> unhappy = new HashMap<>();
    private final Map<Long, Tally> byAccount = new HashMap<>();
    private Tally plain = Tally.NONE;
    private Tally exit = Tally.NONE;
    private int withAccount;
    private int unmatched;

    private CompanyCount(Question question, Rules rules, Instant now, Sight sight) {
        LocalDate today = LocalDate.ofInstant(now, rules.zone());
        this.rules = rules;
        this.now = now;
        this.policy = question.policy();
        this.span = question.window().span(today, rules.zone());
        this.includeChurned = question.includeChurned();
        this.accounts = sight.accounts();
        this.paying = paying(question.paying(), sight);
        this.grouping = question.by() == null ? null : Grouping.of(question.by(), question.kind(), sight, rules, today);
    }

    /** Answers a question of now. */
    public static Company of(Question question, Rules rules, Instant now, Census census) {
        return census.look(sight -> of(question, rules, now, sight));
    }

    /**
     * Answers a question of an earlier time.
     *
     * @param validAt the instant it is about
     * @param knownAt whatever was recorded later is left out
     */
    public static Company of(Question question, Rules rules, Instant validAt, Instant knownAt, Census census) {
        return census.look(rules.attributeBy(), validAt, knownAt, sight -> of(question, rules, validAt, sight));
    }

    private static Company of(Question question, Rules rules, Instant now, Sight sight) {
        var count = new CompanyCount(question, rules, now, sight);
        Instant until = rules.bearsOnUntil(count.span.end());
        sight.people(count.span.start(), rules.bearsOn(), until, null, count::person);
        return count.company();
    }

    /** Customers who pay, whatever else is counted. */
    private List<Census.Account> paying(Paying paying, Sight sight) {
        Map<Long, String> values =
                paying.attribute() == null ? Map.of() : sight.attribute("account", paying.attribute());
        return accounts.values().stream()
                .filter(account -> !account.deleted() && !account.churned())
                .filter(account -> paying.pays(account.revenue(), values.get(account.id())))
                .toList();
    }

    private Coverage coverage(Predicate<Census.Account> which) {
        Coverage coverage = Coverage.NONE;
        for (Census.Account account : paying) {
            if (which.test(account)) {
                coverage = coverage.plus(byAccount.containsKey(account.id()), account.revenue());
            }
        }
        return coverage;
    }

    private void person(List<Census.Given> all) {
        List<Census.Given> customers = new ArrayList<>(all.size());
        List<Census.Given> gone = new ArrayList<>(0);
        List<Census.Given> strangers = new ArrayList<>(0);
        for (Census.Given given : all) {
            switch (Standing.of(given, accounts)) {
                case CUSTOMER -> customers.add(given);
                case CHURNED -> {
                    gone.add(given);
                    if (includeChurned) {
                        customers.add(given);
                    }
                }
                case UNMATCHED -> strangers.add(given);
            }
        }
        unmatched += counted(strangers).size();
        exit = exit.plus(tally(counted(gone)));
        List<Census.Given> counted = counted(customers);
        plain = plain.plus(tally(counted));
        withAccount +=
                (int) counted.stream().filter(given -> given.account() != null).count();
        if (grouping != null) {
            counted.forEach(this::group);
        }
        perAccount(customers, counted);
    }

    private void group(Census.Given given) {
        String value = grouping.value().apply(given);
        groups.merge(value, Answers.one(given.answer().score()), Tally::plus);
        if (given.answer().score() != null
                && given.account() != null
                && Category.of(given.answer().score()) == Category.DETRACTOR) {
            unhappy.computeIfAbsent(value, v -> new HashSet<>()).add(given.account());
        }
    }

    /** A person in two accounts counts once in each. */
    private void perAccount(List<Census.Given> customers, List<Census.Given> counted) {
        Set<Long> theirs = customers.stream()
                .map(Census.Given::account)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (Long account : theirs) {
            List<Census.Given> own = customers.stream()
                    .filter(given -> account.equals(given.account()))
                    .toList();
            own = own.size() == customers.size() ? counted : counted(own);
            if (!own.isEmpty()) {
                byAccount.merge(account, tally(own), Tally::plus);
            }
        }
    }

    private List<Census.Given> counted(List<Census.Given> given) {
        if (given.isEmpty()) {
            return List.of();
        }
        Map<Long, Census.Given> byId = new HashMap<>();
        given.forEach(one -> byId.put(one.answer().id(), one));
        List<Answer> answers = given.stream()
                .map(one -> Answers.answer(one.answer(), rules, now))
                .toList();
        return Rollups.counted(Judged.all(answers, rules), rules, span, policy).stream()
                .map(answer -> byId.get(answer.id()))
                .toList();
    }

    private static Tally tally(List<Census.Given> counted) {
        Tally tally = Tally.NONE;
        for (Census.Given given : counted) {
            tally = tally.plus(Answers.one(given.answer().score()));
        }
        return tally;
    }

    private Company company() {
        List<RevenueWeighted.Part> parts = accounts.values().stream()
                .filter(account -> !account.deleted() && (includeChurned || !account.churned()))
                .sorted(Comparator.comparing(Census.Account::remoteId))
                .map(account -> new RevenueWeighted.Part(
                        account.remoteId(), byAccount.getOrDefault(account.id(), Tally.NONE), account.revenue()))
                .toList();
        return new Company(
                span,
                policy,
                plain,
                exit,
                RevenueWeighted.of(parts),
                coverage(account -> true),
                grouping == null ? List.of() : rows(),
                byAccount.size(),
                byAccount.values().stream().mapToInt(Tally::n).sum(),
                withAccount,
                unmatched);
    }

    private List<Company.Group> rows() {
        List<Company.Group> rows = new ArrayList<>();
        if (grouping.name().equals("renewal")) {
            Grouping.RENEWAL.forEach(value -> rows.add(row(value, Set.of(value), false)));
            rows.add(3, row(Grouping.CUMULATIVE, Set.of(Grouping.SOON, Grouping.LATER), true));
            return rows;
        }
        Set<String> names = new TreeSet<>(groups.keySet());
        if (grouping.account() != null) {
            paying.forEach(account -> names.add(grouping.account().apply(account.id())));
        }
        names.stream()
                .filter(value -> !value.equals(Grouping.NONE))
                .forEach(value -> rows.add(row(value, Set.of(value), false)));
        if (names.contains(Grouping.NONE)) {
            rows.add(row(Grouping.NONE, Set.of(Grouping.NONE), false));
        }
        return rows;
    }

    private Company.Group row(String name, Set<String> values, boolean cumulative) {
        Tally tally = Tally.NONE;
        Set<Long> theirs = new HashSet<>();
        for (String value : values) {
            tally = tally.plus(groups.getOrDefault(value, Tally.NONE));
            theirs.addAll(unhappy.getOrDefault(value, Set.of()));
        }
        BigDecimal revenue = theirs.stream()
                .map(id -> accounts.get(id).revenue())
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
        boolean hidden = grouping.personal() && tally.n() < rules.minNHide();
        Coverage coverage = grouping.account() == null
                ? null
                : coverage(account -> values.contains(grouping.account().apply(account.id())));
        return new Company.Group(name, tally, hidden, cumulative, hidden ? null : revenue, coverage);
    }
}
