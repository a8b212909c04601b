package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;

/** Somebody who works in the org by hand: their changes carry their own user id and are not counted. */
final class Person {
    private final Org org;
    private final Writes writes;
    private final String id = People.OWNERS.get(0);

    Person(Org org) {
        this.org = org;
        this.writes = new Writes(org, new RowFaults());
    }

    String create(ObjectType type, JsonNode fields) {
        return done(() -> writes.create(type, fields, id));
    }

    String update(ObjectType type, String record, JsonNode fields) {
        return done(() -> writes.update(writes.existing(type, record), fields, id));
    }

    /** Deletes the record; {@code master}, if not null, is the id of the one it was merged into. */
    String delete(ObjectType type, String record, String master) {
        return done(() -> {
            org.delete(writes.existing(type, record), id, master);
            return record;
        });
    }

    private String done(Supplier<String> change) {
        synchronized (org) {
            int mark = org.mark();
            try {
                String record = change.get();
                org.commit();
                return record;
            } catch (Problem.Failure refused) {
                org.rollback(mark);
                throw new IllegalArgumentException(refused.problem.code() + ": " + refused.problem.message(), refused);
            }
        }
    }
}
