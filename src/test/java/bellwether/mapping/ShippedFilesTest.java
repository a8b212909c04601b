package bellwether.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.source.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedFilesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "WOOTRIC_CLIENT_ID", "id",
            "WOOTRIC_CLIENT_SECRET", "31337",
            "WOOTRIC_NPS_SURVEYS", "31, 32",
            "SALESFORCE_CLIENT_ID", "id",
            "SALESFORCE_CLIENT_SECRET", "s",
            "WOOTRIC_PAGE_SIZE", "25");

    private final Configuration shipped = new Configuration(Path.of("."), ENVIRONMENT::get);

    @Test
    void workUneditedWithTheEnvironmentAlone() {
        Loaded<Settings> loaded = shipped.settings();

        assertThat(loaded.mistakes()).isEmpty();
        Settings settings = loaded.value();
        assertThat(settings.zone()).isEqualTo(ZoneId.of("UTC"));
        ToolSettings wootric = settings.tools().get("wootric");
        assertThat(wootric.name()).isEqualTo("wootric");
        assertThat(wootric.setting("client_secret")).isEqualTo("31337");
        assertThat(wootric.npsSurveys()).isEqualTo(new Surveys(false, java.util.Set.of("31", "32")));
        assertThat(wootric.csatSurveys()).isEqualTo(Surveys.NONE);
        assertThat(wootric.pageSize()).isEqualTo(25);
        assertThat(wootric.backfillMonths()).isEqualTo(6);
        assertThat(wootric.schedule()).isEqualTo(new Schedule(Duration.ofMinutes(5), null));
        assertThat(wootric.rescan()).isEqualTo(ToolSettings.RESCAN);
        assertThat(wootric.proxy()).isNull();
        CrmSettings salesforce = settings.directory();
        assertThat(salesforce.apiVersion()).isEqualTo("66.0");
        assertThat(salesforce.push()).isEqualTo(CrmSettings.Push.PREVIEW);
        assertThat(settings.health().windows()).hasSize(5);
        assertThat(settings.toString()).doesNotContain("31337");
    }

    @Test
    void nameEveryVariableThatIsMissing() {
        Loaded<Settings> loaded = new Configuration(Path.of("."), name -> null).settings();

        assertThat(loaded.mistakes())
                .extracting(Mistake::what)
                .containsExactly(
                        "the environment variable WOOTRIC_CLIENT_ID is not set.",
                        "the environment variable WOOTRIC_CLIENT_SECRET is not set.",
                        "the environment variable WOOTRIC_NPS_SURVEYS is not set.",
                        "the environment variable SALESFORCE_CLIENT_ID is not set.",
                        "the environment variable SALESFORCE_CLIENT_SECRET is not set.");
        assertThat(loaded.value().broken()).containsOnlyKeys("wootric", "salesforce");
    }

    @Test
    void declareWootricAndSalesforce() {
        assertThat(Tools.load(shipped, "wootric").mistakes()).isEmpty();
        Loaded<CrmMapping> salesforce = shipped.crm("salesforce");
        assertThat(salesforce.mistakes()).isEmpty();
        assertThat(String.join(
                        ", ", salesforce.value().directory().get("contact").columns()))
                .isEqualTo(
                        "Id, AccountId, Name, Title, Email, SystemModstamp, LastModifiedById, IsDeleted, MasterRecordId,"
                                + " Department");
        CrmMapping.Kind account = salesforce.value().push().get("account");
        assertThat(account.fields().get("nps"))
                .isEqualTo(new CrmMapping.Column("NPS__c", CrmMapping.Type.NUMBER, null, 1));
        assertThat(account.column("interval_low", "this_quarter").field())
                .isEqualTo("NPS_Interval_Low_This_Quarter__c");
    }
}
