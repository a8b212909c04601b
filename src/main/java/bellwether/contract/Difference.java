package bellwether.contract;

import bellwether.contract.ContractTrial.Expectation;
import java.util.ArrayList;
import java.util.List;

/** Says where two lists differ. */
final class Difference {
    private static final int SHOWN = 3;

    static Expectation inOrder(String what, List<?> expected, List<?> found) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            Object wanted = i < expected.size() ? expected.get(i) : null;
            Object there = i < found.size() ? found.get(i) : null;
            if (wanted == null || !wanted.equals(there)) {
                differences.add((i + 1) + ": expected " + said(wanted) + ", found " + said(there));
            }
        }
        return expectation(what, Math.max(expected.size(), found.size()), differences);
    }

    static Expectation inAnyOrder(String what, List<?> expected, List<?> found) {
        List<Object> missing = new ArrayList<>(expected);
        List<Object> further = new ArrayList<>(found);
        found.forEach(missing::remove);
        expected.forEach(further::remove);
        List<String> differences = new ArrayList<>();
        missing.forEach(one -> differences.add("expected " + said(one)));
        further.forEach(one -> differences.add("not expected: " + said(one)));
        return expectation(what, Math.max(expected.size(), found.size()), differences);
    }

    private static Expectation expectation(String what, int size, List<String> differences) {
        List<String> shown = new ArrayList<>(differences.subList(0, Math.min(SHOWN, differences.size())));
        if (differences.size() > SHOWN) shown.add("and " + (differences.size() - SHOWN) + " more");
        return new Expectation(what, size, shown);
    }

    private static String said(Object one) {
        return one == null ? "nothing more" : one.toString();
    }

    private Difference() {}
}
