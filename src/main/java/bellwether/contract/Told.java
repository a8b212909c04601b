package bellwether.contract;

import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
import bellwether.nps.Surveyed;
import bellwether.source.NoticeReader.News;
import bellwether.source.Position;
import bellwether.source.SetAside;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What was read, in the words of a contract. */
final class Told {
    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode json(Response response) {
        ObjectNode node = JSON.createObjectNode();
        if (response.key().parent() != null) node.put("parent", response.key().parent());
        node.put("id", response.key().id());
        for (Response.Field field : response.present()) {
            Object value = response.value(field);
            if (value != null) node.set(field.name().toLowerCase(Locale.ROOT), JSON.valueToTree(plain(value)));
        }
        return node;
    }

    static JsonNode json(Respondent person) {
        ObjectNode node = JSON.createObjectNode().put("id", person.id());
        if (person.email() != null) node.put("email", person.email());
        if (person.name() != null) node.put("name", person.name());
        if (person.phone() != null) node.put("phone", person.phone());
        if (person.externalId() != null) node.put("external_id", person.externalId());
        if (person.crmId() != null) node.put("crm_id", person.crmId());
        if (person.updatedAt() != null)
            node.put("updated_at", person.updatedAt().toString());
        if (person.surveyed() != null) surveyed(node, person.surveyed());
        if (!person.properties().isEmpty()) node.set("properties", JSON.valueToTree(person.properties()));
        return node;
    }

    private static void surveyed(ObjectNode node, Surveyed said) {
        if (said.lastAt() != null) node.put("last_surveyed_at", said.lastAt().toString());
        if (said.notUntil() != null)
            node.put("do_not_survey_until", said.notUntil().toString());
        if (said.excludedReason() != null) node.put("excluded_reason", said.excludedReason());
    }

    static JsonNode json(Send send) {
        ObjectNode node = JSON.createObjectNode().put("id", send.id());
        if (send.respondent() != null) node.put("respondent", send.respondent());
        if (send.survey() != null) node.put("survey", send.survey());
        if (send.channel() != null) node.put("channel", send.channel());
        if (send.sentAt() != null) node.put("sent_at", send.sentAt().toString());
        return node.put("status", send.status().word());
    }

    static JsonNode json(SetAside aside) {
        return JSON.createObjectNode()
                .put("kind", aside.kind())
                .put("id", aside.id())
                .put("code", aside.fault().code());
    }

    static JsonNode json(Position position) {
        ObjectNode node = JSON.createObjectNode();
        if (!position.parent().isEmpty()) node.put("parent", position.parent());
        node.put("scan", position.scan())
                .put("from", position.from().toString())
                .put("covered_until", position.coveredUntil().toString())
                .put("seen", (int) position.seen());
        if (position.bookmark().own() != null)
            node.put("own", position.bookmark().own());
        return node;
    }

    private static Object plain(Object value) {
        if (value instanceof Instant instant) return instant.toString();
        return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value;
    }

    /** In the words of the contract. */
    static Contract.News news(News news) {
        String word = news.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        if (!(news instanceof News.Brought brought)) {
            List<String> gone = news instanceof News.Gone lost ? lost.ids() : null;
            String fetch = news instanceof News.Fetch asked ? asked.path() : null;
            return new Contract.News(word, null, null, null, gone, fetch);
        }
        List<JsonNode> responses = brought.responses().stream().map(Told::json).toList();
        List<JsonNode> people = brought.people().stream().map(Told::json).toList();
        List<JsonNode> setAside = brought.setAside().stream().map(Told::json).toList();
        return new Contract.News(word, responses, people, setAside, null, null);
    }

    private Told() {}
}
