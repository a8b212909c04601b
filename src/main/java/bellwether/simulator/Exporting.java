package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Lists that are ordered, waited for and fetched. A job is ready when it is asked about for the second time; a restart forgets them. */
final class Exporting {
    private static final String WORKING = "inProgress";

    private final JsonNode export;
    private final Refusal refusal;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    private static final class Job {
        private final Asked order;
        private int questions;

        Job(Asked order) {
            this.order = order;
        }
    }

    Exporting(JsonNode export, Refusal refusal) {
        this.export = export;
        this.refusal = refusal;
    }

    /** The answer to whatever belongs to an export; null if the request does not. */
    Answer answer(Request request, String path, Function<String, String> known, Function<Asked, Answer> file) {
        Asked submit = Asked.of(request, path, export.path("submit"), "POST", known);
        if (submit != null) {
            String job = "job-" + numbers.incrementAndGet();
            jobs.put(job, new Job(submit));
            return Answer.json(200, told("submit", "job", job, new String[] {}));
        }
        Asked download = Asked.of(request, path, export.path("download"), "GET", known);
        if (download != null) {
            String name = download.found().getOrDefault("file", download.found().get("job"));
            Job job = jobs.get(name.replaceFirst("^file-of-", ""));
            return job == null ? refusal.unknown("file " + name) : file.apply(job.order);
        }
        Asked poll = Asked.of(request, path, export.path("poll"), "GET", known);
        return poll == null ? null : poll(poll.found().get("job"));
    }

    private Answer poll(String name) {
        Job job = jobs.get(name);
        if (job == null) {
            return refusal.unknown("job " + name);
        }
        boolean done = job.questions++ > 0;
        String state = done ? export.at("/poll/done/0").asText() : WORKING;
        String file = done && export.at("/poll/file").isTextual()
                ? export.at("/poll/file").asText()
                : null;
        return Answer.json(
                200,
                told("poll", "state", state, file == null ? new String[] {} : new String[] {file, "file-of-" + name}));
    }

    private ObjectNode told(String step, String what, String value, String[] more) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        Places.put(answer, export.path(step).path(what).asText(), TextNode.valueOf(value));
        if (more.length > 0) {
            Places.put(answer, more[0], TextNode.valueOf(more[1]));
        }
        return answer;
    }
}
