package bellwether.simulator;

import bellwether.simulator.Company.Contact;
import bellwether.simulator.Company.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Where a company that survives restarts is kept: {@code company.json} says how it began, {@code company.jsonl} what came later. */
final class CompanyFolder {
    private record Beginning(long seed, int accounts, int contacts, int responses, Instant anchor) {}

    private record Change(Integer index, Response response, Contact contact) {}

    private Journal journal;

    private CompanyFolder() {}

    static Company open(Path folder, long seed, int accounts, int contacts, int responses, Instant anchor) {
        Beginning beginning = beginning(folder, new Beginning(seed, accounts, contacts, responses, anchor));
        Company company = Company.of(
                beginning.seed(),
                beginning.accounts(),
                beginning.contacts(),
                beginning.responses(),
                beginning.anchor());
        CompanyFolder kept = new CompanyFolder();
        kept.journal = Journal.open(folder.resolve("company.jsonl"), Json.MAPPER, line -> replay(company, line));
        company.keepIn(kept);
        return company;
    }

    void keep(int index, Response response) {
        journal.append(List.of(new Change(index, response, null)));
    }

    void keep(Contact contact) {
        journal.append(List.of(new Change(null, null, contact)));
    }

    private static void replay(Company company, JsonNode line) {
        Change change = Json.MAPPER.convertValue(line, Change.class);
        if (change.response() != null) {
            company.put(change.index(), change.response());
        } else {
            company.add(change.contact());
        }
    }

    private static Beginning beginning(Path folder, Beginning fresh) {
        Path file = folder.resolve("company.json");
        try {
            if (Files.exists(file)) {
                return Json.MAPPER.readValue(file.toFile(), Beginning.class);
            }
            Files.createDirectories(folder);
            Path draft = folder.resolve("company.json.new");
            Json.MAPPER.writeValue(draft.toFile(), fresh);
            Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("simulated company " + file + " cannot be read or written", e);
        }
    }
}
