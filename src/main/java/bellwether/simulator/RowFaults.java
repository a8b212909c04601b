package bellwether.simulator;

import java.util.HashMap;
import java.util.Map;

/** Records whose next writes fail although nothing is wrong with them, known by record id or external id. */
final class RowFaults {
    private record Planned(String code, int left) {}

    private final Map<String, Planned> planned = new HashMap<>();

    synchronized void add(String key, String code, int times) {
        planned.put(key, new Planned(code, times));
    }

    /** Throws the planned error, if there is one for this record. */
    synchronized void hit(String key) {
        Planned fault = planned.get(key);
        if (fault == null) {
            return;
        }
        if (fault.left() == 1) {
            planned.remove(key);
        } else {
            planned.put(key, new Planned(fault.code(), fault.left() - 1));
        }
        throw Problem.of(fault.code(), "the simulator was told to refuse this record")
                .failure(400);
    }
}
