package bellwether.contract;

import bellwether.http.Caller;
import bellwether.http.Sender;
import bellwether.mapping.Configuration;
import bellwether.mapping.Template;
import bellwether.mapping.YamlText;
import bellwether.source.Auth;
import bellwether.source.Connection;
import bellwether.source.Run;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A recording without secrets, people and texts. The tool's file is run over its answers once more, offline: what it asks then, which
 * can hold nothing but what was scrubbed, and what it reads, is the contract.
 */
public final class Scrubbed {
    /**
     * What came of it.
     *
     * @param problem why there is no contract, or null
     */
    public record Result(String yaml, int exchanges, int responses, String problem) {}

    private static final String HEAD = """
            # yaml-language-server: $schema=../../../config/schema/contract.json
            # Recorded from a live account by `bellwether record`; secrets, people, texts and unknown values were replaced before it was written.
            """;

    private final Connection live;
    private final Harmless harmless;
    private final Scrub scrub;
    private final List<Contract.Exchange> answers = new ArrayList<>();
    private final Contract contract;
    private final Connection connection;
    private final Answering answering = new Answering();

    Scrubbed(Configuration configuration, Connection live, Recorder recorder, Instant now, ZoneId zone) {
        this.live = live;
        Places places = new Places(live);
        for (Taken one : recorder.taken()) {
            if (one.tree() != null) places.read(live.tool(), one.tree());
            if (recorder.ofPeople(one)) places.people(live, one);
        }
        Set<String> secrets = live.tool().settings().entrySet().stream()
                .filter(setting -> setting.getValue().secret())
                .map(setting -> live.setting(setting.getKey()))
                .filter(secret -> secret != null && secret.length() > 5)
                .collect(Collectors.toSet());
        secrets.addAll(recorder.tokens());
        var words = new Vocabulary(configuration.tree("tools", live.tool().tool()), live.tool());
        harmless = new Harmless(live, words, places, secrets);
        scrub = new Scrub(words, places, harmless, live.baseUrl());
        for (Taken one : recorder.taken()) {
            answers.add(one.with(scrub::tree, scrub::link).exchange(null, null, null, null));
        }
        contract = new Contract(
                live.tool().tool(), null, now.toString(), null, zone.getId(), settings(), List.of(), List.of(), null);
        connection = ContractTrial.connection(
                live.tool().tool() + "-again", live.tool(), contract, Answering.BASE, ContractTrial.SECRET);
        if (connection.auth() instanceof Auth.Query query) answering.keyParameter = query.name();
    }

    /** The settings as a contract names them; secrets are left out, since they are made up there. */
    private ObjectNode settings() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("page_size", live.settings().pageSize());
        settings.put("backfill_months", live.settings().backfillMonths());
        String zone = live.tool().naiveZone();
        Set<String> zones = zone == null ? Set.of() : Template.of(zone).names();
        live.tool().settings().forEach((name, setting) -> {
            String value = live.setting(name);
            if (value == null || setting.secret()) return;
            boolean kept = value.equals(setting.fallback()) || zones.contains(name);
            settings.put(name, kept ? value : scrub.setting(value));
        });
        return settings;
    }

    /** The connection of the contract. */
    public Connection connection() {
        return connection;
    }

    /** Where its calls end. */
    public Sender sender() {
        return answering;
    }

    /** Writes the contract down, by a caller whose calls end at {@link #sender}. */
    public Result contract(Caller caller) {
        Iterator<Contract.Exchange> next = answers.iterator();
        answering.serve(List.of(), asked -> {
            try {
                return next.hasNext() ? answering.reply(next.next()) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Run run = new Run();
        run.patiently(connection, caller, Instant.parse(contract.now()), ZoneId.of(contract.zone()));
        List<ContractAnswers.Asked> asked = List.copyOf(answering.asked);
        boolean stopped = run.stops().stream().anyMatch(step -> !Run.harmless(step));
        if (stopped || asked.size() != answers.size()) {
            String said =
                    stopped ? " It stopped: " + run.stops().get(run.stops().size() - 1) : "";
            return new Result(null, 0, 0, "asks " + asked.size() + " times instead of " + answers.size() + "." + said);
        }
        ObjectNode file = new ContractText(contract, live.tool().docs()).of(asked, answers, run);
        long left =
                Leaks.in(file.get("exchanges"), harmless.hidden()) + Leaks.in(file.get("expected"), harmless.hidden());
        if (left > 0) return new Result(null, 0, 0, "still holds " + left + " texts that it should not.");
        return new Result(
                HEAD + YamlText.of(file), asked.size(), run.responses().size(), null);
    }
}
