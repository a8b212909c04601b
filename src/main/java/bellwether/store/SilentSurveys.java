package bellwether.store;

import java.util.List;

/** Reads which surveys give answers and no scores. */
public final class SilentSurveys {
    private final Store store;

    public SilentSurveys(Store store) {
        this.store = store;
    }

    /** The tool's own ids of those of one source, in order. */
    public List<String> of(String source) {
        return store.read(h ->
                h.createQuery("""
                        SELECT v.remote_id FROM source s JOIN survey v ON v.source = s.id AND v.silent_since IS NOT NULL
                        WHERE s.name = :source ORDER BY v.remote_id""").bind("source", source).mapTo(String.class).list());
    }
}
