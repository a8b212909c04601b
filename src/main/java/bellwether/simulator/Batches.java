package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The sObject Collections: up to 200 records in one call, one result per record in the order of the request. */
final class Batches {
    private static final int MOST = 200;
    private static final int MOST_CHUNKS = 10;

    private final Org org;
    private final Writes writes;

    Batches(Org org, Writes writes) {
        this.org = org;
        this.writes = writes;
    }

    Answer update(JsonNode body, String by) {
        return each(body, record -> RowResult.done(writes.update(record, by)));
    }

    Answer create(JsonNode body, String by) {
        return each(body, record -> RowResult.done(writes.create(record, by)));
    }

    Answer upsert(String typeName, String keyName, JsonNode body, String by) {
        ObjectType type = org.schema.type(typeName);
        if (type == null) {
            throw Problem.of("NOT_FOUND", "The requested resource does not exist")
                    .failure(404);
        }
        if (!type.upsertable) {
            throw Problem.of("INVALID_TYPE_FOR_OPERATION", "entity type " + type.name + " does not support upsert")
                    .failure(400);
        }
        Field key = type.field(keyName);
        if (key == null || !key.externalId()) {
            throw Problem.of(
                            "INVALID_FIELD",
                            "Provided external ID field does not exist or is not accessible: " + keyName)
                    .failure(400);
        }
        Map<String, Integer> times = new HashMap<>();
        for (JsonNode record : body.path("records")) {
            String value = Writes.keyValue(key, record);
            if (value != null) {
                times.merge(value.toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
        return each(body, record -> {
            String recordType = record.path("attributes").path("type").asText(null);
            if (!type.name.equalsIgnoreCase(recordType)) {
                throw Problem.of("INVALID_TYPE", "The record is not of type " + type.name + " but " + recordType)
                        .failure(400);
            }
            String value = Writes.keyValue(key, record);
            if (value != null && times.get(value.toLowerCase(Locale.ROOT)) > 1) {
                throw Problem.of("DUPLICATE_VALUE", "Duplicate external id specified: " + value, key.name())
                        .failure(400);
            }
            return writes.upsert(type, key, record, by);
        });
    }

    private Answer each(JsonNode body, Function<JsonNode, RowResult> write) {
        JsonNode records = body.path("records");
        if (!records.isArray() || records.isEmpty()) {
            throw Problem.of("JSON_PARSER_ERROR", "The request has no records").failure(400);
        }
        if (records.size() > MOST) {
            throw Problem.of(
                            "EXCEEDED_ID_LIMIT",
                            "record limit reached. cannot submit more than 200 records in this call")
                    .failure(400);
        }
        chunks(records);
        int mark = org.mark();
        List<RowResult> results = new ArrayList<>();
        for (JsonNode record : records) {
            int before = org.mark();
            try {
                results.add(write.apply(record));
            } catch (Problem.Failure refused) {
                org.rollback(before);
                results.add(RowResult.failed(refused.problem));
            }
        }
        if (body.path("allOrNone").asBoolean(false) && results.stream().anyMatch(result -> !result.success())) {
            org.rollback(mark);
            results.replaceAll(result -> result.success() ? ROLLED_BACK : result);
        }
        return Answer.json(200, results.stream().map(RowResult::json).toList());
    }

    private static final RowResult ROLLED_BACK = RowResult.failed(Problem.of(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "Record rolled back because not all records were valid and the request was using AllOrNone header"));

    /** Neighbours of one object form a chunk, and there may be ten. */
    private static void chunks(JsonNode records) {
        int chunks = 0;
        String last = null;
        for (JsonNode record : records) {
            String type = record.path("attributes").path("type").asText("");
            chunks += type.equals(last) ? 0 : 1;
            last = type;
        }
        if (chunks > MOST_CHUNKS) {
            throw Problem.of(
                            "LIMIT_EXCEEDED",
                            "Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.")
                    .failure(400);
        }
    }
}
