package bellwether.source;

import bellwether.mapping.JsonTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A list that the tool prepares: ordered, waited for, fetched. */
public record Export(Submit submit, Poll poll, Download download) {
    /**
     * The order.
     *
     * @param job place of the job's id in the answer
     */
    public record Submit(String method, String path, Map<String, List<String>> query, JsonTemplate body, String job) {
        public Submit {
            method = method == null ? "POST" : method;
            query = query == null ? Map.of() : query;
        }
    }

    /**
     * How it is asked for, with {@code {job}} in the path.
     *
     * @param every wait between two questions
     * @param atMost after this a job is given up and ordered anew
     * @param state place of its state
     * @param done states in which there is a file
     * @param failed states in which there will be none
     * @param file place of what {@code {file}} stands for in the download, or null
     */
    public record Poll(
            String path,
            Duration every,
            Duration atMost,
            String state,
            List<String> done,
            List<String> failed,
            String file) {
        public Poll {
            every = every == null ? Duration.ofSeconds(5) : every;
            atMost = atMost == null ? Duration.ofHours(1) : atMost;
            failed = failed == null ? List.of() : failed;
        }
    }

    /** Where the file is, with {@code {job}} or {@code {file}} in it; an absolute address must be on a declared host. */
    public record Download(String path) {}
}
