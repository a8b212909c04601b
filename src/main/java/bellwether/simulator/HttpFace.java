package bellwether.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An HTTP server on 127.0.0.1 in front of a {@link Service}: counts calls, tells listeners, lets faults happen. */
final class HttpFace implements AutoCloseable {
    private static final int LONGEST_HEAD = 1 << 18;

    final Faults faults = new Faults();
    final Counters counters = new Counters();
    private final Service service;
    private final boolean inline;
    private final List<Consumer<Call>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Control control;
    private final Vertx vertx;
    private final HttpServer server;

    /** Listens at once. {@code inline} answers on the I/O thread, which is faster but lets a slow listener hold up all calls. */
    HttpFace(Service service, int port, boolean inline) {
        this.service = service;
        this.inline = inline;
        this.control = new Control(this, service);
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(8)
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(LONGEST_HEAD)
                .setMaxHeaderSize(LONGEST_HEAD));
        server.requestHandler(this::receive);
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (RuntimeException e) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            throw e;
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    void onCall(Consumer<Call> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void receive(HttpServerRequest http) {
        http.body().onSuccess(body -> {
            Request request = request(http, body);
            if (request.path().startsWith(Control.PREFIX)) {
                vertx.executeBlocking(() -> control.answer(request), false)
                        .onSuccess(answer -> send(http.response(), answer))
                        .onFailure(problem -> send(http.response(), broken(problem)));
            } else {
                call(http, request);
            }
        });
    }

    private void call(HttpServerRequest http, Request request) {
        long number = numbers.incrementAndGet();
        Fault fault = faults.none() ? null : faults.hit(request.method(), request.path());
        if (fault == null && inline) {
            Answer answer;
            try {
                answer = answer(number, request, true, true);
            } catch (RuntimeException | Error e) {
                answer = broken(e);
            }
            send(http.response(), answer);
            return;
        }
        boolean late = fault != null && fault.kind() == Fault.Kind.DELAY && !fault.commit();
        boolean act = fault == null || fault.commit() || fault.kind() == Fault.Kind.DELAY;
        if (late) {
            tell(number, Call.Phase.ARRIVED, request, 0);
            vertx.setTimer(Math.max(1, fault.delayMs()), t -> work(http, number, request, false, true, null));
        } else {
            work(http, number, request, true, act, fault);
        }
    }

    private void work(
            HttpServerRequest http, long number, Request request, boolean arriving, boolean act, Fault fault) {
        vertx.executeBlocking(() -> answer(number, request, arriving, act), false)
                .onFailure(problem -> send(http.response(), broken(problem)))
                .onSuccess(answer -> {
                    if (fault == null) {
                        send(http.response(), answer);
                    } else if (fault.delayMs() > 0) {
                        vertx.setTimer(fault.delayMs(), t -> spoil(http, answer, fault));
                    } else {
                        spoil(http, answer, fault);
                    }
                });
    }

    /** The true answer, or null when nothing is to be done. */
    private Answer answer(long number, Request request, boolean arriving, boolean act) {
        if (arriving) {
            tell(number, Call.Phase.ARRIVED, request, 0);
        }
        if (!act) {
            counters.count(service.endpoint(request), 0);
            return null;
        }
        Answer answer = service.answer(request);
        counters.count(service.endpoint(request), answer.status());
        tell(number, Call.Phase.COMMITTED, request, answer.status());
        return answer;
    }

    private void spoil(HttpServerRequest http, Answer answer, Fault fault) {
        HttpServerResponse response = http.response();
        switch (fault.kind()) {
            case STATUS -> {
                byte[] body = fault.body() != null
                        ? fault.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)
                        : Json.bytes(service.error(fault.status()));
                Answer faulty = Answer.json(fault.status(), body);
                send(response, fault.retryAfter() == null ? faulty : faulty.with("Retry-After", fault.retryAfter()));
            }
            case HTML -> {
                byte[] page = "<!DOCTYPE html><html><body><h1>We'll be right back</h1></body></html>".getBytes();
                send(response, new Answer(200, "text/html", page, Map.of()));
            }
            case EMPTY -> send(response, Answer.empty(200));
            case TRUNCATED ->
                send(response, new Answer(answer.status(), answer.contentType(), half(answer), answer.headers()));
            case CUT -> {
                head(response, answer);
                response.putHeader("Content-Length", String.valueOf(answer.body().length + 1));
                response.write(Buffer.buffer(half(answer)))
                        .onComplete(done -> http.connection().close());
            }
            case DELAY -> send(response, answer);
            case DROP -> http.connection().close();
        }
    }

    private static byte[] half(Answer answer) {
        return java.util.Arrays.copyOf(answer.body(), answer.body().length / 2);
    }

    private void send(HttpServerResponse response, Answer answer) {
        if (!response.closed()) {
            head(response, answer);
            response.end(Buffer.buffer(answer.body()));
        }
    }

    private static void head(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status());
        if (answer.contentType() != null) {
            response.putHeader("Content-Type", answer.contentType());
        }
        answer.headers().forEach(response::putHeader);
    }

    private Answer broken(Throwable problem) {
        counters.count("broken", 500);
        return Answer.json(500, Map.of("simulator", "broke: " + problem));
    }

    private void tell(long number, Call.Phase phase, Request request, int status) {
        if (!listeners.isEmpty()) {
            Call call = new Call(
                    number,
                    phase,
                    request.method(),
                    request.path(),
                    request.query(),
                    service.endpoint(request),
                    status);
            listeners.forEach(listener -> listener.accept(call));
        }
    }

    private static Request request(HttpServerRequest http, Buffer body) {
        Map<String, String> headers = new HashMap<>();
        int bytes = http.uri().length() + http.method().name().length() + 12;
        for (Map.Entry<String, String> header : http.headers()) {
            headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue());
            bytes += header.getKey().length() + header.getValue().length() + 4;
        }
        return new Request(http.method().name(), http.path(), http.query(), headers, body.getBytes(), bytes);
    }
}
