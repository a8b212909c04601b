package bellwether.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that contradict themselves are told all at once, each with its line. */
class HealthChecksTest {
    @TempDir
    Path home;

    @BeforeEach
    void connections() throws IOException {
        write("config/connections.yaml", "zone: UTC\n");
    }

    @Test
    void everyContradictionIsToldAtOnceWithItsLine() throws IOException {
        write("config/health.yaml", """
                windows: [this_month, lunch]
                custom_windows:
                  launch: 2026-01-01..2026-03-31
                  this_week: 2026-01-01..2026-03-31
                  swapped: 2026-03-31..2026-01-01
                  rolling: trailing_9_days
                roles:
                  sponsor: [Chief, boss]
                  user: [chief]
                relationship:
                  window: last_decade
                  good_from: -10
                named_health:
                  service:
                    metrics: {csat: {satisfied_from: 3, dissatisfied_to: 3}}
                    window: nowhere
                    poor_below: 90
                  relationship:
                    metrics: {ces: {satisfied_from: 5, dissatisfied_to: 3}}
                composite:
                  poor_below: 80
                  inputs:
                    nps: {weight: 40}
                    usage: {weight: 30, worst: 1, best: 1.0}
                    plan: {weight: 20, worst: 1}
                    seats: {weight: 5}
                warnings:
                  silence: {roles: [boss]}
                milestones:
                  silence: {of: contact}
                  service_health: {of: account}
                """);

        assertThat(texts())
                .containsExactly(
                        "config/health.yaml:1: windows[1]: 'lunch' is not a window: use this_ or last_ with week, month, quarter,"
                                + " half_year, year, fiscal_quarter, fiscal_half_year or fiscal_year; trailing_<n>_days;"
                                + " trailing_<n>_months; all_time; or two dates such as 2026-01-01..2026-03-31."
                                + " Or name one of your own in custom_windows.",
                        "config/health.yaml:4: custom_windows.this_week: there is a window of this name already."
                                + " Call it something else.",
                        "config/health.yaml:5: custom_windows.swapped: A window cannot end on 2026-01-01, before it begins on"
                                + " 2026-03-31. A window of your own is two dates such as 2026-01-01..2026-03-31.",
                        "config/health.yaml:6: custom_windows.rolling: a window of your own is two dates."
                                + " Write one like 2026-01-01..2026-03-31.",
                        "config/health.yaml:9: roles.user[0]: 'chief' is a title of 'sponsor' already."
                                + " A title has one role; capitals make no difference.",
                        "config/health.yaml:11: relationship.window: 'last_decade' is not a window: use this_ or last_ with week,"
                                + " month, quarter, half_year, year, fiscal_quarter, fiscal_half_year or fiscal_year;"
                                + " trailing_<n>_days; trailing_<n>_months; all_time; or two dates such as"
                                + " 2026-01-01..2026-03-31. Or name one of your own in custom_windows.",
                        "config/health.yaml:12: relationship.good_from: a good health (from NPS -10) cannot begin below a poor"
                                + " one (under 0). good_from must be poor_below or more.",
                        "config/health.yaml:15: named_health.service.metrics.csat.satisfied_from: satisfied answers from 3 overlap"
                                + " with dissatisfied ones up to 3. satisfied_from must be above dissatisfied_to.",
                        "config/health.yaml:16: named_health.service.window: 'nowhere' is not a window: use this_ or last_ with"
                                + " week, month, quarter, half_year, year, fiscal_quarter, fiscal_half_year or fiscal_year;"
                                + " trailing_<n>_days; trailing_<n>_months; all_time; or two dates such as"
                                + " 2026-01-01..2026-03-31. Or name one of your own in custom_windows.",
                        "config/health.yaml:17: named_health.service.poor_below: a good health (from percentage of satisfied"
                                + " answers 80) cannot begin below a poor one (under 90). good_from must be poor_below or more.",
                        "config/health.yaml:18: named_health.relationship: there is a health of this name already. Rename it.",
                        "config/health.yaml:21: composite.poor_below: a good health (from score 70) cannot begin below a poor one"
                                + " (under 80). good_from must be poor_below or more.",
                        "config/health.yaml:22: composite.inputs: the weights sum to 95. They must sum to 100.",
                        "config/health.yaml:23: composite.inputs.nps.weight: the NPS may weigh at most 25."
                                + " Give more weight to what customers do, or raise max_nps_weight.",
                        "config/health.yaml:24: composite.inputs.usage.best: best and worst are the same number. They must differ.",
                        "config/health.yaml:25: composite.inputs.plan: this must say what the field's values are worth."
                                + " Write worst and best for a number, or values for texts.",
                        "config/health.yaml:26: composite.inputs.seats: this must say what the field's values are worth."
                                + " Write worst and best for a number, or values for texts.",
                        "config/health.yaml:28: warnings.silence.roles[0]: 'boss' is not one of: sponsor, key_contact, user.",
                        "config/health.yaml:30: milestones.silence: a signal or warning has this name already."
                                + " Give the milestone another name.",
                        "config/health.yaml:31: milestones.service_health: a signal or warning has this name already."
                                + " Give the milestone another name.");
        assertThat(load().value()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            relationship: {key_roles: [sponsor]}            | relationship.key_roles: this key is not known here.
            named_health: {Service: {metrics: {csat: {}}}}  | named_health.Service: this name is not allowed here.
            named_health: {service: {metrics: {stars: {}}}} | named_health.service.metrics.stars: this name is not allowed here.
            composite: {inputs: {a: {weight: 100, values: {x: 2}}}} | composite.inputs.a.values.x: '2' is too large, the most is 1.
            composite: {inputs: {nps: {weight: 100, worst: 0, best: 1}}} | composite.inputs.nps: the NPS has its own range
            milestones: {tenth: {reach: 10}}                | milestones.tenth: the key 'of' is missing.
            paying: {by: plan}                              | paying.by: this must say which values of 'plan' a paying account has.
            paying: {by: all, values: [x]}                  | paying.values: 'all' has no values.
            paying: {values: [x]}                           | paying: the key 'by' is missing.
            'max_act_age: soon'                             | max_act_age: 'soon'
            fiscal_year_named_by: middle                    | fiscal_year_named_by: 'middle' is not one of: start, end.
            min_n_hide: none                                | min_n_hide: this must be a whole number
            windows: [this_month, this_month]               | windows: something stands in this list twice.
            composite: {inputs: {nps: {weight: 0.3}, plan: {weight: 0.3, values: {a: 1}}}} | composite.inputs: the weights sum to 0.6.
            """)
    void aMistakeIsToldInPlainWords(String yaml, String text) throws IOException {
        write("config/health.yaml", yaml + "\n");

        assertThat(texts()).anySatisfy(line -> assertThat(line).startsWith("config/health.yaml:1: " + text));
    }

    @Test
    void whatIsNoWholeNumberIsNotSaidToBeTooSmallAsWell() throws IOException {
        write("config/health.yaml", "min_n_flag: 0.5\n");

        assertThat(texts()).singleElement().asString().contains("this must be a whole number, not '0.5'");
    }

    @Test
    void oneNameTwiceIsAMistake() throws IOException {
        write("config/health.yaml", "milestones:\n  first: {of: contact}\n  first: {of: account}\n");

        assertThat(texts())
                .containsExactly("config/health.yaml:3: milestones.first: this key stands here a second time."
                        + " Keep one; the first is in line 2.");
    }

    @Test
    void aCompositeNeedsWhatTheDirectoryReads() throws IOException {
        write("config/connections.yaml", """
                crms:
                  sf: {crm: salesforce, client_id: a, client_secret: b, directory: true}
                """);
        write("mappings/crms/salesforce.yaml", Files.readString(Path.of("mappings/crms/salesforce.yaml")));
        write("config/health.yaml", """
                min_n_flag: 0
                composite:
                  inputs:
                    nps: {weight: 25}
                    plan: {weight: 25, values: {team: 1, free: 0}}
                    mood: {weight: 50, values: {sunny: 1, grey: 0}}
                """);

        assertThat(texts())
                .containsExactly(
                        "config/health.yaml:1: min_n_flag: '0' is too small, the least is 1."
                                + " Below so many responses a value is marked indicative.",
                        "config/health.yaml:6: composite.inputs.mood: 'mood' is no attribute of accounts in"
                                + " mappings/crms/salesforce.yaml. Map it to a field of the CRM in directory.account.attributes,"
                                + " or use one of: segment, plan, region, renewal_date, csm.");
        assertThat(load().value()).isNull();
        write("config/overlays/crms/salesforce.yaml", "directory: {account: {attributes: {mood: Mood__c}}}\n");
        assertThat(texts()).hasSize(1);
    }

    @Test
    void whoPaysIsToldByWhatTheDirectoryReads() throws IOException {
        write("config/connections.yaml", """
                crms:
                  sf: {crm: salesforce, client_id: a, client_secret: b, directory: true}
                """);
        write("mappings/crms/salesforce.yaml", Files.readString(Path.of("mappings/crms/salesforce.yaml")));
        write("config/health.yaml", "min_n_flag: 5\npaying:\n  by: tier\n  values: [gold, 1, true]\n");
        assertThat(texts())
                .containsExactly("config/health.yaml:3: paying.by: 'tier' is no attribute of accounts in"
                        + " mappings/crms/salesforce.yaml. Map it to a field of the CRM in directory.account.attributes,"
                        + " or use one of: segment, plan, region, renewal_date, csm.");

        write("config/overlays/crms/salesforce.yaml", "directory: {account: {attributes: {tier: Tier__c}}}\n");
        assertThat(load().value().health().paying()).isEqualTo(new Paying("tier", List.of("gold", "1", "true")));

        write("config/health.yaml", "paying: {by: revenue}\n");
        assertThat(load().value().health().paying()).isEqualTo(Paying.REVENUE);
        write("config/overlays/crms/salesforce.yaml", "directory: {account: {fields: {revenue: null}}}\n");
        assertThat(texts())
                .containsExactly("config/health.yaml:1: paying.by: the revenue of accounts is not read in"
                        + " mappings/crms/salesforce.yaml. Map it to a field of the CRM in directory.account.fields,"
                        + " or use all, or an attribute of accounts.");
        write("config/health.yaml", "paying: {by: all}\n");
        assertThat(texts()).isEmpty();
    }

    @Test
    void whatIsLeftOutIsAsShipped() throws IOException {
        write("config/health.yaml", Files.readString(Path.of("config/health.yaml")));
        HealthSettings shipped = load().value().health();

        assertThat(shipped.signals()).isEqualTo(HealthSettings.defaults().signals());
        write("config/health.yaml", "match: [email]\n");
        assertThat(load().value().health().signals()).isEqualTo(shipped.signals());
    }

    @Test
    void aWindowOfOnesOwnIsKeptUnderItsName() throws IOException {
        write("config/health.yaml", """
                windows: [launch, this_fiscal_year]
                custom_windows: {launch: 2026-01-01..2026-03-31}
                fiscal_year_starts: 2
                fiscal_year_named_by: end
                relationship: {window: launch}
                """);
        HealthSettings health = load().value().health();

        assertThat(health.windows().get(0).name()).isEqualTo("launch");
        assertThat(health.windows().get(0).label()).isEqualTo("Launch");
        assertThat(health.windows()
                        .get(0)
                        .dates(java.time.LocalDate.parse("2026-11-22"))
                        .until())
                .isEqualTo("2026-04-01");
        assertThat(health.windows().get(1).title(java.time.LocalDate.parse("2026-11-22")))
                .isEqualTo("this fiscal year (FY2027)");
        assertThat(health.judgedOver().get("relationship").name()).isEqualTo("launch");
        assertThat(health.judgedOver().get("service").name()).isEqualTo("launch");
    }

    private Loaded<Settings> load() {
        return new Configuration(home, name -> null).settings();
    }

    private List<String> texts() {
        return load().mistakes().stream().map(Mistake::toString).toList();
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
