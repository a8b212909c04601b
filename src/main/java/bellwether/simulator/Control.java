package bellwether.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.util.Map;

/** What another process may ask of a simulator, under {@code /__simulator/}; no part of the vendor's API. */
final class Control {
    static final String PREFIX = "/__simulator/";

    private final HttpFace face;
    private final Service service;

    Control(HttpFace face, Service service) {
        this.face = face;
        this.service = service;
    }

    Answer answer(Request request) {
        String what = request.path().substring(PREFIX.length());
        try {
            Answer own = service.control(request, what);
            return own != null ? own : common(request, what);
        } catch (JsonMappingException e) {
            return Answer.json(400, Map.of("error", String.valueOf(e.getOriginalMessage())));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Answer.json(400, Map.of("error", String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Answer common(Request request, String what) throws IOException {
        switch (request.method() + " " + what) {
            case "GET faults":
                return Answer.json(200, face.faults.pending());
            case "POST faults":
                face.faults.add(Json.MAPPER.readValue(request.body(), Fault.class));
                return Answer.empty(204);
            case "DELETE faults":
                face.faults.clear();
                return Answer.empty(204);
            case "GET calls":
                return Answer.json(200, Map.of("calls", face.counters.calls(), "statuses", face.counters.statuses()));
            case "DELETE calls":
                face.counters.clear();
                return Answer.empty(204);
            default:
                return Answer.json(404, Map.of("error", "the simulator knows no " + request.method() + " " + what));
        }
    }
}
