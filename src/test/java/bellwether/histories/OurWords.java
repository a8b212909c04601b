package bellwether.histories;

import bellwether.health.Rules;
import bellwether.mapping.HealthSettings;
import bellwether.mapping.Roles;
import bellwether.mapping.SignalSettings;
import bellwether.nps.AcceptPartial;
import bellwether.nps.AttributeBy;
import bellwether.nps.Metric;
import bellwether.nps.Policy;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.oracle.Law;
import bellwether.oracle.Op;
import bellwether.store.Delivery;
import bellwether.store.People;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the oracle says of the world, in the words of the store. */
final class OurWords {
    private static final Map<String, Response.Field> FIELDS = Map.of(
            "survey", Response.Field.SURVEY,
            "person", Response.Field.RESPONDENT,
            "metric", Response.Field.METRIC,
            "score", Response.Field.SCORE,
            "comment", Response.Field.COMMENT,
            "at", Response.Field.ANSWERED_AT,
            "created", Response.Field.CREATED_AT,
            "updated", Response.Field.UPDATED_AT,
            "excluded", Response.Field.EXCLUDED,
            "completed", Response.Field.COMPLETED);

    private OurWords() {}

    /** @param waits by source, what becomes of answers that are not completed; null where they count like any other */
    static Rules rules(Law law, Law.Composite weighed, Map<String, String> waits) {
        var settings = new HealthSettings(
                null,
                law.windows(),
                null,
                law.fiscalMonth(),
                null,
                law.latest() ? Policy.LATEST_PER_PERSON : Policy.ALL_RESPONSES,
                null,
                null,
                law.noScore(),
                null,
                new HealthSettings.Duplicates(Duration.ofMinutes(law.duplicateMinutes()), false),
                new Roles(List.of("sponsor"), List.of("key contact"), null),
                new SignalSettings.Relationship(null, law.good(), law.poor(), law.staleDays(), null),
                named(law),
                composite(weighed),
                null,
                null,
                null,
                law.byAnswer() ? AttributeBy.ANSWER : null,
                null);
        Map<String, AcceptPartial> partial = new TreeMap<>();
        waits.forEach((source, rule) -> {
            if (rule != null) {
                partial.put(source, AcceptPartial.of(rule));
            }
        });
        return Rules.of(settings, law.zone(), Map.of(), partial);
    }

    private static Map<String, SignalSettings.Named> named(Law law) {
        Map<String, SignalSettings.Named> named = new LinkedHashMap<>();
        for (Law.Named rule : law.named()) {
            Map<Metric, SignalSettings.Bands> metrics = new LinkedHashMap<>();
            rule.metrics()
                    .forEach(asked -> metrics.put(
                            Metric.parse(asked.metric().toLowerCase(Locale.ROOT)),
                            new SignalSettings.Bands(asked.satisfiedFrom(), asked.dissatisfiedTo())));
            named.put(
                    rule.name(),
                    new SignalSettings.Named(metrics, rule.window(), rule.good(), rule.poor(), rule.staleDays()));
        }
        return named;
    }

    private static SignalSettings.Composite composite(Law.Composite rule) {
        if (rule == null) {
            return null;
        }
        Map<String, SignalSettings.Input> inputs = new LinkedHashMap<>();
        for (Law.Input input : rule.inputs()) {
            Map<String, BigDecimal> values = new LinkedHashMap<>();
            if (input.values() != null) {
                input.values().forEach((text, worth) -> values.put(text, new BigDecimal(worth)));
            }
            inputs.put(
                    input.name(),
                    new SignalSettings.Input(
                            input.weight(),
                            input.worst() == null ? null : new BigDecimal(input.worst()),
                            input.best() == null ? null : new BigDecimal(input.best()),
                            input.values() == null ? null : values));
        }
        return new SignalSettings.Composite(rule.window(), rule.good(), rule.poor(), rule.least(), 100, inputs);
    }

    static People.Account account(Op.Account a, Instant now) {
        return new People.Account(
                a.id(), "Account " + a.id(), null, a.revenue(), a.zone(), a.churned(), a.deleted(), now, a.fields());
    }

    static People.Contact contact(Op.Contact c, Instant now) {
        return new People.Contact(
                c.id(), c.account(), null, c.role(), c.emails(), c.deleted(), c.mergedInto(), now, Map.of());
    }

    static Delivery delivery(Op.Delivery d, long run) {
        List<Response> responses = d.copies().stream()
                .map(copy -> {
                    var builder = Response.of(d.source(), null, copy.id());
                    copy.told().forEach((name, value) -> builder.set(FIELDS.get(name), value(name, value)));
                    return builder.build();
                })
                .toList();
        List<Respondent> people = d.people().stream()
                .map(p -> new Respondent(d.source(), p.id(), p.email(), null, null, null, p.crmId(), null, null))
                .toList();
        return new Delivery(d.source(), run, d.source(), false, responses, people, List.of(), List.of());
    }

    private static Object value(String name, Object value) {
        return name.equals("metric") && value != null ? Metric.parse(((String) value).toLowerCase(Locale.ROOT)) : value;
    }
}
