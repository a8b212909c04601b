package bellwether.admin;

import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
import bellwether.source.Connection;
import bellwether.source.Position;
import bellwether.source.Records;
import bellwether.store.DeadLetters;
import bellwether.store.Delivery;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tries dead letters again: a refused push is owed once more, a record of a tool is read by its mapping as it is now. */
final class Replay {
    private static final int CHUNK = 500;

    /**
     * What came of it.
     *
     * @param accepted records of tools that are in the ledger now; their letters are resolved
     * @param refusedAgain records of tools that still cannot be used; their letters say why
     * @param pushesOwed refused pushes that are sent again; their letters are resolved once the CRM takes them
     * @param withoutRecord letters that hold no record: a backfill reads it again
     */
    public record Result(long accepted, long refusedAgain, long pushesOwed, long withoutRecord) {
        Result plus(Result other) {
            return new Result(
                    accepted + other.accepted,
                    refusedAgain + other.refusedAgain,
                    pushesOwed + other.pushesOwed,
                    withoutRecord + other.withoutRecord);
        }
    }

    private final Parts parts;
    private final DeadLetters letters;
    private final Map<String, Records> records = new HashMap<>();

    Replay(Parts parts, DeadLetters letters) {
        this.parts = parts;
        this.letters = letters;
    }

    Result one(long id, boolean push) {
        Result result = push
                ? new Result(0, 0, letters.replayPushes(null, null, id), 0)
                : read(List.of(letters.kept(id).orElseThrow()));
        refresh(result);
        return result;
    }

    /** @param connection null for all, as is {@code code} */
    Result all(String connection, String code) {
        Result result = new Result(0, 0, letters.replayPushes(connection, code, null), 0);
        Long before = null;
        List<DeadLetters.Kept> page;
        do {
            page = letters.list("open", connection, code, before, CHUNK);
            before = page.isEmpty() ? null : page.get(page.size() - 1).id();
            result = result.plus(
                    read(page.stream().filter(k -> !k.step().equals("push")).toList()));
        } while (page.size() == CHUNK);
        refresh(result);
        return result;
    }

    private void refresh(Result result) {
        if (result.accepted() > 0) {
            parts.controls().refresh();
        }
    }

    private Result read(List<DeadLetters.Kept> page) {
        Map<String, Batch> batches = new HashMap<>();
        long refused = 0;
        long without = 0;
        for (DeadLetters.Kept kept : page) {
            String raw = letters.letter(kept.id()).map(DeadLetters.Letter::raw).orElse(null);
            Connection tool = parts.tools().get(kept.connection());
            if (raw == null || tool == null) {
                without++;
                continue;
            }
            Fault fault = batches.computeIfAbsent(kept.connection(), name -> new Batch(tool))
                    .add(kept, Json.tree(raw));
            if (fault != null) {
                letters.refusedAgain(kept.id(), fault);
                refused++;
            }
        }
        long accepted = batches.values().stream().mapToLong(Batch::accept).sum();
        return new Result(accepted, refused, 0, without);
    }

    /** Readable records of one connection, told apart by whether the backfill would have read them. */
    private final class Batch {
        private final Connection tool;
        private final Instant backfilledUntil;
        private final List<Long> ids = new ArrayList<>();
        private final List<Response> recent = new ArrayList<>();
        private final List<Response> backfilled = new ArrayList<>();
        private final List<Respondent> people = new ArrayList<>();
        private final List<Send> sends = new ArrayList<>();

        Batch(Connection tool) {
            this.tool = tool;
            this.backfilledUntil = parts.positions().positions(tool.name()).stream()
                    .filter(p -> p.scan().equals(Position.BACKFILL))
                    .map(Position::to)
                    .findFirst()
                    .orElse(Instant.MIN);
        }

        /** Null if the record can be used now. */
        Fault add(DeadLetters.Kept kept, JsonNode raw) {
            Records usual = records.computeIfAbsent(tool.name(), name -> new Records(tool, parts.clock()));
            Records mapping = kept.step().equals("webhook") ? usual.told() : usual;
            if (kept.record().startsWith("respondent:")) {
                Records.Read<Respondent> read = mapping.respondent(raw);
                if (read.setAside() != null) {
                    return read.setAside().fault();
                }
                people.add(read.value());
            } else if (kept.record().startsWith("send:")) {
                Records.Read<Send> read = mapping.send(raw);
                if (read.setAside() != null) {
                    return read.setAside().fault();
                }
                sends.add(read.value());
                note(mapping.inline(read.row()));
            } else {
                Records.Read<Response> read = mapping.response(raw);
                if (read.setAside() != null) {
                    return read.setAside().fault();
                }
                (read.value().answeredAt().isBefore(backfilledUntil) ? backfilled : recent).add(read.value());
                note(mapping.inline(read.row()));
            }
            ids.add(kept.id());
            return null;
        }

        private void note(Respondent person) {
            if (person != null) {
                people.add(person);
            }
        }

        long accept() {
            if (ids.isEmpty()) {
                return 0;
            }
            deliver(backfilled, people, sends, true);
            deliver(recent, List.of(), List.of(), false);
            letters.resolve(ids, "rest");
            return ids.size();
        }

        private void deliver(
                List<Response> responses, List<Respondent> respondents, List<Send> sent, boolean backfill) {
            if (!responses.isEmpty() || !respondents.isEmpty() || !sent.isEmpty()) {
                parts.ledger()
                        .inbox()
                        .accept(new Delivery(
                                tool.name(),
                                Delivery.NO_RUN,
                                tool.source(),
                                backfill,
                                responses,
                                respondents,
                                sent,
                                List.of(),
                                List.of(),
                                List.of()));
            }
        }
    }
}
