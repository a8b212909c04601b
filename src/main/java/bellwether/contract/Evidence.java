package bellwether.contract;

import bellwether.mapping.Configuration;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * How well it is known how a tool behaves: the facts that its contract names, by their kind.
 *
 * @param documented by the vendor
 * @param observed in other people's working code
 * @param assumed to be confirmed with an account
 */
public record Evidence(long documented, long observed, long assumed) {
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Named(List<Fact> evidence) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Fact(String shape) {}

    /** Counts the facts of {@code mappings/contracts/tools/<name>.yaml}; none if it is not there. */
    public static Evidence of(Configuration configuration, String tool) {
        Named named = configuration
                .declaration("contracts/tools", tool, "contract", Named.class)
                .value();
        List<Fact> facts = named == null ? List.of() : named.evidence();
        return new Evidence(count(facts, "documented"), count(facts, "observed"), count(facts, "assumed"));
    }

    private static long count(List<Fact> facts, String shape) {
        return facts.stream().filter(fact -> fact.shape().equals(shape)).count();
    }
}
