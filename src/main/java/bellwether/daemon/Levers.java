package bellwether.daemon;

import bellwether.admin.Parts;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/** Starts what the API is asked for. */
final class Levers implements Parts.Controls {
    private final Daemon daemon;
    private final Api api;
    private final ProducerTemplate template;

    Levers(Daemon daemon, Api api, CamelContext context) {
        this.daemon = daemon;
        this.api = api;
        this.template = context.createProducerTemplate();
    }

    @Override
    public void pull(String tool) {
        daemon.pullNow(tool, "rest");
    }

    @Override
    public void people(String crm) {
        daemon.peopleNow(crm, "rest");
    }

    @Override
    public void resync(String crm, long run) {
        template.sendBody("seda:resync", new Resync.Order(crm, run));
    }

    @Override
    public void refresh() {
        template.sendBody("seda:refresh?waitForTaskToComplete=Never&discardWhenFull=true", null);
    }

    @Override
    public boolean started() {
        return api.allRoutesRun();
    }
}
