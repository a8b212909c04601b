package bellwether.simulator;

import java.util.Map;

/** How many records API clients created and updated. */
interface Counts {
    /** Creations per object. */
    Map<String, Long> created();

    /** Updates per object; a record updated twice counts twice. */
    Map<String, Long> updated();

    /** Creations and updates of each record of an object, in the order of first appearance. */
    Map<String, Times> records(String type);

    /** Counts of one record. */
    record Times(int created, int updated) {
        Times plus(boolean creation) {
            return creation ? new Times(created + 1, updated) : new Times(created, updated + 1);
        }
    }
}
