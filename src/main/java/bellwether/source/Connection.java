package bellwether.source;

import bellwether.mapping.Template;
import bellwether.mapping.ToolSettings;
import bellwether.mapping.Word;
import bellwether.nps.AcceptPartial;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tool with the admin's settings for it: address, credentials, schedule, surveys. */
public record Connection(ToolSettings settings, Tool tool) {
    public String name() {
        return settings.name();
    }

    /** The name under which its responses are kept. */
    public String source() {
        return settings.source();
    }

    /** Where it is asked, settings filled in; null if neither the connection nor the tool's file says so. */
    public String baseUrl() {
        if (settings.baseUrl() != null) return settings.baseUrl();
        return tool.baseUrl() == null ? null : tool.baseUrl().fill(settings::setting);
    }

    /** How it proves who it is: of the tool's ways the first whose settings are all given; the first if there is none. */
    public Auth auth() {
        return tool.auth().stream()
                .filter(this::given)
                .findFirst()
                .orElse(tool.auth().get(0));
    }

    private boolean given(Auth auth) {
        return auth.needed().stream().allMatch(name -> name.equals(Template.SESSION) || settings.setting(name) != null);
    }

    /** What to give, if no way of proving who it is has all its settings; else null. */
    String lacking() {
        return tool.auth().stream().anyMatch(this::given)
                ? null
                : tool.auth().stream()
                        .map(auth -> auth.needed().stream()
                                .filter(name -> !name.equals(Template.SESSION))
                                .sorted()
                                .collect(Collectors.joining(" and ")))
                        .collect(Collectors.joining(", or "));
    }

    /** Where a token is asked for; null if there is no such login. */
    public String loginUrl() {
        if (!(auth() instanceof Auth.Grant grant)) return null;
        return settings.loginUrl() != null
                ? settings.loginUrl()
                : grant.loginUrl().fill(settings::setting);
    }

    /** True if answers are to be completed before they count, and no record of the tool could ever say that one is not. */
    public boolean waitsInVain() {
        return settings.acceptPartial() != AcceptPartial.SCORE_ONLY
                && Stream.of(
                                tool.responses().map(),
                                tool.webhook() == null ? null : tool.webhook().map(),
                                tool.file() == null ? null : tool.file().map())
                        .noneMatch(map -> map != null && map.containsKey(Word.COMPLETED));
    }

    /** True if the tool's service is closed and the connection names no other address where it lives on. */
    public boolean closed() {
        return tool.closed() != null && settings.baseUrl() == null;
    }

    /** Rows per page: as set, and never more than the tool answers, since a page cut short would look like the last. */
    int pageSize(Tool.Stream stream) {
        Integer most = stream.paging().most();
        if (most == null) return settings.pageSize() == null ? 0 : settings.pageSize();
        return settings.pageSize() == null ? most : Math.min(settings.pageSize(), most);
    }

    /** A setting that the tool's file declares, or null if it is not set. */
    public String setting(String name) {
        return settings.setting(name);
    }

    /** The zone of times that the tool writes without one. */
    public ZoneId zone() {
        String zone =
                tool.naiveZone() == null ? null : Template.of(tool.naiveZone()).fill(this::setting);
        return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
    }

    /** How long the tool takes to show a response in its list. */
    public Duration lag() {
        return lag(tool.responses());
    }

    static Duration lag(Tool.Stream stream) {
        return stream.cursor() == null ? Duration.ZERO : stream.cursor().lag();
    }
}
