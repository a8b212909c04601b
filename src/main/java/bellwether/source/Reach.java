package bellwether.source;

import bellwether.mapping.Setting;
import bellwether.mapping.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether address, credentials and headers of a tool's file name settings that the file declares. */
final class Reach {
    /** What is wrong, and where. */
    record Wrong(String pointer, String what, String advice) {}

    private final Tool tool;
    private final List<Wrong> wrong = new ArrayList<>();

    Reach(Tool tool) {
        this.tool = tool;
    }

    List<Wrong> check() {
        for (String key : tool.settings().keySet()) {
            if (!Setting.common().contains(key)) continue;
            wrong.add(new Wrong(
                    "/settings/" + key, "every connection has a key of this name.", "Give the setting another name."));
        }
        if (tool.baseUrl() != null) known("/base_url", tool.baseUrl().names(), Set.of());
        for (int i = 0; i < tool.hosts().size(); i++) {
            known("/hosts/" + i, tool.hosts().get(i).names(), Set.of());
        }
        for (Map.Entry<String, Template> header : tool.headers().entrySet()) {
            known("/headers/" + header.getKey(), header.getValue().names(), session());
        }
        for (int i = 0; i < tool.auth().size(); i++) {
            String pointer = tool.auth().size() == 1 ? "/auth" : "/auth/" + i;
            Auth auth = tool.auth().get(i);
            known(pointer, auth.names(), auth instanceof Auth.Session ? Set.of(Template.SESSION) : Set.of());
            if (auth instanceof Auth.Session session && session.login().names().contains(Template.SESSION)) {
                wrong.add(new Wrong(pointer + "/login", "there is no {session} before the login.", "Take it out."));
            }
        }
        return wrong;
    }

    private Set<String> session() {
        return tool.auth().stream().anyMatch(Auth.Session.class::isInstance) ? Set.of(Template.SESSION) : Set.of();
    }

    private void known(String pointer, Set<String> names, Set<String> more) {
        Set<String> unknown = new HashSet<>(names);
        unknown.removeAll(tool.settings().keySet());
        unknown.removeAll(more);
        unknown.stream()
                .sorted()
                .forEach(name -> wrong.add(new Wrong(
                        pointer,
                        "there is no setting '" + name + "'.",
                        "Declare it under 'settings', or correct it.")));
    }

    static boolean isAddress(String text) {
        return text != null && text.matches("https?://[^\\s/?#{}:@]+(:[0-9]{1,5})?(/[^\\s?#{}]*)?");
    }
}
