package bellwether.command;

import bellwether.House;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands typed in a home whose tool and CRM are simulators. */
abstract class AtSimulators {
    @TempDir
    Path home;

    final Company company =
            Company.of(11, 14, 80, 250, Instant.now().minusSeconds(3600)).withFlaws();
    final StringWriter out = new StringWriter();
    WootricSimulator wootric;
    SalesforceSimulator salesforce;
    House house;

    @BeforeEach
    void start() {
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(company);
        house = new House(home, wootric.baseUrl(), salesforce.baseUrl());
    }

    @AfterEach
    void stop() {
        wootric.close();
        salesforce.close();
    }

    /** Runs a command; what it says is in {@link #out}. Returns its exit code. */
    int run(String... args) {
        out.getBuffer().setLength(0);
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--home";
        all[args.length + 1] = home.toString();
        var writer = new PrintWriter(out, true);
        return new Bellwether(house.environment::get, Clock.systemUTC()).run(writer, writer, all);
    }
}
