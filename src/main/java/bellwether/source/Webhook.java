package bellwether.source;

import bellwether.mapping.FieldRule;
import bellwether.mapping.Word;
import java.util.List;
import java.util.Map;

/**
 * What a tool tells by itself, as declared in its file.
 *
 * @param verify how a notice proves where it comes from
 * @param bodies {@code json}, {@code form}; JSON unless told
 * @param event which events are taken, or null for all
 * @param select notices that are taken, by places of the body
 * @param id place of the notice's own id in the body, or the header with it, or null; a body that comes twice is recognised in any case
 * @param record place of the response in the body, {@code $} for the body itself
 * @param map how it is read, or null for the map of the responses
 * @param thin path by which the response is fetched, with places of the body in it, or null if the body holds it
 * @param hint true if a notice only says that a pull is worth it
 */
public record Webhook(
        Verify verify,
        List<String> bodies,
        Event event,
        List<Select> select,
        String id,
        String record,
        Map<Word, FieldRule> map,
        String thin,
        boolean hint) {
    public Webhook {
        bodies = bodies == null ? List.of("json") : List.copyOf(bodies);
        select = select == null ? List.of() : List.copyOf(select);
        record = record == null ? "$" : record;
    }

    /**
     * Which events are taken.
     *
     * @param at place of the event's name
     * @param take names that bring a response, or null for all that are not {@code deleted}
     * @param deleted names that say a response is gone
     */
    public record Event(String at, List<String> take, List<String> deleted) {
        public Event {
            take = take == null ? List.of() : List.copyOf(take);
            deleted = deleted == null ? List.of() : List.copyOf(deleted);
        }
    }
}
