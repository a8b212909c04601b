package bellwether.command;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.ForwardProxy;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands that ask a tool and a CRM: the simulators. */
class CommandsTest extends AtSimulators {
    @Test
    void checkSaysThatAllIsWell() {
        house.with("BELLWETHER_PUSH", "preview");

        assertThat(run("check")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString())
                .containsPattern("wootric +works: logged in, and read a response")
                .containsPattern(
                        "salesforce +works: logged in, and asked for Contact, Account,\\s+NPS_Response__c, NPS_Signal__c")
                .contains("nothing is computed yet", "push: preview: nothing is written");
        assertThat(salesforce.created()).isEmpty();
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void checkSaysWhatAboutASettingIsNotConfirmed() throws java.io.IOException {
        java.nio.file.Path overlay = home.resolve("config/overlays/tools/wootric.yaml");
        java.nio.file.Files.createDirectories(overlay.getParent());
        String region = "settings: {region: {what: where it is, unverified: one source only}}\n";
        java.nio.file.Files.writeString(overlay, region);
        assertThat(run("check", "wootric")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).contains("region: not confirmed: one source only");
    }

    @Test
    void checkTellsOneBrokenConnectionFromTheOthers() {
        house.with("WOOTRIC_CLIENT_SECRET", "wrong");

        assertThat(run("check")).isEqualTo(Exit.UNREACHABLE.code());
        assertThat(out.toString())
                .containsPattern("wootric +does not work: CREDENTIALS_REFUSED")
                .contains("tools.wootric.client_secret")
                .containsPattern("salesforce +works")
                .doesNotContain("demo-secret");
        assertThat(run("check", "salesforce")).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).doesNotContain("wootric");
    }

    @Test
    void checkSaysWhatCannotBeReached() {
        house.with("SALESFORCE_LOGIN_URL", "http://127.0.0.1:1");

        assertThat(run("check")).isEqualTo(Exit.UNREACHABLE.code());
        assertThat(out.toString())
                .containsPattern("salesforce +does not work: UNREACHABLE")
                .containsPattern("wootric +works");
    }

    @Test
    void loginsAndCallsGoThroughAProxy() throws Exception {
        var hosts = Map.of(
                "api.wootric.test", URI.create(wootric.baseUrl()).getPort(),
                "acme.salesforce.test", URI.create(salesforce.baseUrl()).getPort());
        try (var proxy = new ForwardProxy(hosts)) {
            house.with("WOOTRIC_BASE_URL", "http://api.wootric.test/v1")
                    .with("WOOTRIC_LOGIN_URL", "http://api.wootric.test/oauth/token")
                    .with("WOOTRIC_PROXY", proxy.address())
                    .with("SALESFORCE_LOGIN_URL", "http://acme.salesforce.test")
                    .with("SALESFORCE_INSTANCE_URL", "http://acme.salesforce.test")
                    .with("SALESFORCE_PROXY", proxy.address());

            assertThat(run("check")).as(out::toString).isEqualTo(Exit.OK.code());
            assertThat(run("sync", "salesforce")).as(out::toString).isEqualTo(Exit.OK.code());
            run("sync", "wootric");
            assertThat(run("push", "salesforce")).as(out::toString).isEqualTo(Exit.OK.code());
            assertThat(salesforce.created().get("NPS_Response__c")).isGreaterThan(100);
            assertThat(proxy.seen())
                    .contains(
                            "POST http://api.wootric.test/oauth/token",
                            "POST http://acme.salesforce.test/services/oauth2/token",
                            "GET http://acme.salesforce.test/services/data/v66.0/sobjects/Account/describe")
                    .anyMatch(request -> request.startsWith("PATCH http://acme.salesforce.test/"))
                    .anyMatch(request -> request.startsWith("GET http://api.wootric.test/v1/responses?"));
        }
        assertThat(run("check")).isEqualTo(Exit.UNREACHABLE.code());
        assertThat(out.toString())
                .containsPattern("wootric +does not work: UNREACHABLE")
                .containsPattern("salesforce +does not work: UNREACHABLE");
    }

    @Test
    void checkListsMissingFields() {
        salesforce.removeField("Account", "NPS_Sample__c");

        assertThat(run("check")).isEqualTo(Exit.PARTIAL.code());
        assertThat(out.toString()).contains("Account has no writable NPS_Sample__c");
    }

    @Test
    void checkListsAnObjectThatIsNotThere() {
        salesforce.removeObject("NPS_Signal__c");

        assertThat(run("check")).isEqualTo(Exit.PARTIAL.code());
        assertThat(out.toString()).contains("NPS_Signal__c is not there").doesNotContain("NPS_Response__c is");
    }

    @Test
    void syncReadsAndPushWritesWithoutADaemon() {
        house.with("BELLWETHER_PUSH", "preview");

        assertThat(run("sync", "salesforce")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).contains("salesforce: ok, people read");
        assertThat(run("sync", "wootric", "--once")).as(out::toString).isEqualTo(Exit.PARTIAL.code());
        assertThat(out.toString())
                .containsPattern("wootric: partial, \\d+ rows read, \\d+ new, 0 changed, 7 set aside");
        assertThat(run("check", "salesforce")).isEqualTo(Exit.OK.code());
        assertThat(out.toString())
                .containsPattern("would write [1-9]\\d* contacts, [1-9]\\d* accounts, [1-9]\\d* responses");

        assertThat(run("push", "salesforce")).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).contains("push is preview, nothing is written");
        assertThat(salesforce.created()).isEmpty();

        house.with("BELLWETHER_PUSH", "on");
        assertThat(run("push", "salesforce")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).containsPattern("[1-9]\\d* rows written, 0 refused, 0 still owed, 0 held");
        long records = salesforce.created().get("NPS_Response__c");
        assertThat(records).isGreaterThan(100);

        assertThat(run("sync", "wootric")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).contains("0 new, 0 changed, 0 set aside");
        assertThat(run("sync", "wootric", "--since", "2026-01-01"))
                .as(out::toString)
                .isEqualTo(Exit.PARTIAL.code());
        assertThat(run("push", "salesforce")).isEqualTo(Exit.OK.code());
        assertThat(salesforce.creations("NPS_Response__c").values()).allMatch(times -> times == 1);
    }

    @Test
    void aPilotIsCheckedAndWrittenByItself() {
        String pilot = company.account(0).id();
        replace("# only_accounts: [001000000000001AAA]", "only_accounts: [" + pilot + "]");
        house.with("BELLWETHER_PUSH", "preview");
        run("sync", "salesforce");
        run("sync", "wootric");

        assertThat(run("check", "salesforce")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString())
                .containsPattern(
                        "would write 3 contacts, 1 account, [3-9] responses, 0 signals;\\s+only_accounts\\s+names\\s+1");

        house.with("BELLWETHER_PUSH", "on");
        assertThat(run("push", "salesforce")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).contains("0 still owed");
        assertThat(salesforce.records("Account"))
                .filteredOn(account -> account.get("NPS_Health__c") != null)
                .extracting(account -> account.get("Id"))
                .containsExactly(pilot);
    }

    @Test
    void syncEndsDifferentlyWhereTheToolRefuses() {
        house.with("WOOTRIC_CLIENT_SECRET", "wrong");

        assertThat(run("sync", "wootric")).isEqualTo(Exit.UNREACHABLE.code());
        assertThat(out.toString()).contains("paused", "CREDENTIALS_REFUSED", "tools.wootric.client_secret");
    }

    @Test
    void whatIsHeldIsLetGoByApproval() {
        run("sync", "salesforce");
        run("sync", "wootric");
        assertThat(run("push", "salesforce")).isEqualTo(Exit.OK.code());
        house.with("WOOTRIC_NPS_SURVEYS", "32");
        house.with("WOOTRIC_CSAT_SURVEYS", "77,31");
        replace("at_least: 100", "at_least: 1");
        run("sync", "wootric");

        assertThat(run("push", "salesforce")).as(out::toString).isEqualTo(Exit.PARTIAL.code());
        assertThat(out.toString()).contains("--approve");
        assertThat(run("check", "salesforce")).isEqualTo(Exit.PARTIAL.code());
        assertThat(out.toString()).contains("are held");

        assertThat(run("push", "salesforce", "--approve")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).containsPattern("[1-9]\\d* held rows let go").contains(" 0 held");
    }

    @Test
    void besideADaemonItIsTheDaemonThatWorks() {
        try (Daemon daemon = house.daemon(Clock.systemUTC())) {
            daemon.start();
            house.with("BELLWETHER_PORT", Integer.toString(daemon.port()));

            assertThat(run("sync", "wootric")).as(out::toString).isIn(Exit.OK.code(), Exit.PARTIAL.code());
            assertThat(out.toString()).contains("the daemon at http://127.0.0.1:" + daemon.port(), "rows read");
            assertThat(run("sync", "salesforce")).as(out::toString).isEqualTo(Exit.OK.code());
            assertThat(run("check")).as(out::toString).isEqualTo(Exit.OK.code());
            assertThat(run("run")).isEqualTo(Exit.FAILURE.code());
            assertThat(out.toString()).contains("Another Bellwether runs");
        }
    }

    private void replace(String text, String with) {
        Path file = home.resolve("config/connections.yaml");
        try {
            String before = Files.readString(file);
            assertThat(before).contains(text);
            Files.writeString(file, before.replace(text, with));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
