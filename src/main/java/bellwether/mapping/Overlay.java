package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON Merge Patch (RFC 7396): an object is merged key by key, null removes, everything else replaces. */
final class Overlay {
    private Overlay() {}

    /** Lays the patch on the base, in place; a value that came from the patch has the patch's place. */
    static void lay(Document patch, Document base) {
        if (patch.root() instanceof ObjectNode changes && base.root() instanceof ObjectNode target) {
            lay(changes, target, "", patch, base);
        }
    }

    private static void lay(ObjectNode changes, ObjectNode target, String pointer, Document patch, Document base) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String child = Document.child(pointer, change.getKey());
            if (change.getValue().isNull()) {
                target.remove(change.getKey());
                forget(child, base);
            } else if (change.getValue() instanceof ObjectNode inner) {
                if (!(target.get(change.getKey()) instanceof ObjectNode)) {
                    forget(child, base);
                    target.set(change.getKey(), JsonNodeFactory.instance.objectNode());
                }
                base.places().put(child, patch.place(child));
                lay(inner, (ObjectNode) target.get(change.getKey()), child, patch, base);
            } else {
                forget(child, base);
                target.set(change.getKey(), change.getValue());
                remember(child, patch, base);
            }
        }
    }

    private static void forget(String pointer, Document base) {
        base.places().keySet().removeIf(at -> within(at, pointer));
        base.filled().keySet().removeIf(at -> within(at, pointer));
    }

    private static void remember(String pointer, Document patch, Document base) {
        patch.places().forEach((at, place) -> {
            if (within(at, pointer)) base.places().put(at, place);
        });
        patch.filled().forEach((at, value) -> {
            if (within(at, pointer)) base.filled().put(at, value);
        });
    }

    private static boolean within(String at, String pointer) {
        return at.equals(pointer) || at.startsWith(pointer + "/");
    }
}
