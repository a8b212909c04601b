package bellwether.source;

import bellwether.http.Request;
import bellwether.mapping.Times;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** What is asked for at a position. */
final class Requests {
    private final Connection connection;
    private final Parents parents;
    private final Integer size;
    private final Map<Tool.Stream, Set<String>> names = new IdentityHashMap<>();

    /** @param size most rows per page, or null for as many as usual */
    Requests(Connection connection, Parents parents, Integer size) {
        this.connection = connection;
        this.parents = parents;
        this.size = size;
    }

    /** The part of the scan that is asked for at once; null where the list is not read by time. */
    Window window(Tool.Stream stream, Position position) {
        return stream.cursor() instanceof Cursor.Time time
                ? Window.of(position, position.bookmark(), time, connection.zone())
                : null;
    }

    /** Rows per page. */
    int size(Tool.Stream stream) {
        int usual = connection.pageSize(stream);
        return size == null ? usual : usual == 0 ? size : Math.min(size, usual);
    }

    /** The page a position points at, as JSON or as the file it is packed in; null if its path names a setting that is not set. */
    Request page(Tool.Stream stream, Position position) {
        Bookmark at = position.bookmark();
        Asking asking = asking(stream, position);
        stream.paging().ask(at, size(stream)).forEach(asking::with);
        if (at.page() != null && stream.paging().byAddress()) {
            return asking.at(at.page(), stream.method(), stream.path(), stream.body());
        }
        Request request = asking.request(stream.method(), stream.path(), stream.query(), stream.body());
        boolean file = stream.payload() != null && stream.payload().at() == null;
        return file && request != null ? request.download() : request;
    }

    Request submit(Tool.Stream stream, Position position) {
        Export.Submit submit = stream.export().submit();
        return asking(stream, position).making().request(submit.method(), submit.path(), submit.query(), submit.body());
    }

    Request of(String path, Tool.Stream stream, Position position, String job, String file) {
        return asking(stream, position).with("job", job).with("file", file).request("GET", path, Map.of(), null);
    }

    /** All names that stand in placeholders of the stream. */
    Set<String> names(Tool.Stream stream) {
        return names.computeIfAbsent(stream, Asking::names);
    }

    private Asking asking(Tool.Stream stream, Position position) {
        Asking asking = new Asking(connection).parent(parents.words(position.parent()));
        if (stream.cursor() instanceof Cursor.Time time) {
            Window window = window(stream, position);
            bound(asking, "from", time.from(), window.lower(), time.as());
            bound(asking, "to", time.to(), window.upper(), time.as());
        } else if (stream.cursor() instanceof Cursor.Ids ids) {
            IdWindow window = IdWindow.of(ids, position.bookmark());
            asking.with(new Paging.Parameter("from", ids.from(), Long.toString(window.from())));
            asking.with(new Paging.Parameter("to", ids.to(), Long.toString(window.to())));
        } else if (stream.cursor() instanceof Cursor.Own own) {
            String token = position.bookmark().own();
            asking.with(new Paging.Parameter("token", own.token(), token));
            String begin = Times.write(position.from(), own.as(), connection.zone());
            if (token == null) bound(asking, "from", own.from(), begin, own.as());
        }
        return asking;
    }

    private static void bound(Asking asking, String word, String name, String value, String as) {
        asking.with(new Paging.Parameter(word, name, value));
        JsonNode node = as.startsWith("unix") ? LongNode.valueOf(Long.parseLong(value)) : TextNode.valueOf(value);
        asking.with(word, node);
    }
}
