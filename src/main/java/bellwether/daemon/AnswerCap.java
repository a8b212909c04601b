package bellwether.daemon;

import bellwether.http.AnswerTooLarge;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Cuts the connection when an answer is too large, after decompression, or trickles in too long; the client's own time-out only
 * measures silence. A file too large for memory is put into a temporary one, and the answer says where.
 */
record AnswerCap(long bytes, Duration within, boolean files) implements HttpClientConfigurer {
    /** The header that tells where the file lies; whatever the other side says in it is dropped. */
    static final String FILE = "X-Bellwether-File";

    private static final int IN_MEMORY = 16 << 20;

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("answer-cap", (request, scope, chain) -> {
            ClassicHttpResponse response = chain.proceed(request, scope);
            response.removeHeaders(FILE);
            if (response.getEntity() != null) {
                response.setEntity(new Capped(response.getEntity(), scope.execRuntime));
                if (files && response.getCode() / 100 == 2) {
                    store(response);
                }
            }
            return response;
        });
    }

    private static void store(ClassicHttpResponse response) throws IOException {
        ContentType type = ContentType.parseLenient(response.getEntity().getContentType());
        try (InputStream content = response.getEntity().getContent()) {
            byte[] head = content.readNBytes(IN_MEMORY);
            if (head.length < IN_MEMORY) {
                response.setEntity(new ByteArrayEntity(head, type));
                return;
            }
            Path file = Files.createTempFile("bellwether-", ".download");
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(head);
                content.transferTo(out);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            response.setEntity(new ByteArrayEntity(new byte[0], type));
            response.setHeader(FILE, file);
        }
    }

    private final class Capped extends HttpEntityWrapper {
        private final ExecRuntime connection;

        Capped(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.connection = connection;
        }

        @Override
        public InputStream getContent() throws IOException {
            InputStream content = super.getContent();
            return content == null ? null : new CappedStream(content, connection, AnswerCap.this);
        }
    }

    private static final class CappedStream extends FilterInputStream {
        private final ExecRuntime connection;
        private final AnswerCap cap;
        private final long begun = System.nanoTime();
        private long read;

        CappedStream(InputStream content, ExecRuntime connection, AnswerCap cap) {
            super(content);
            this.connection = connection;
            this.cap = cap;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(count);
            return count;
        }

        private void count(int more) throws IOException {
            read += Math.max(0, more);
            if (read > cap.bytes) {
                // closing would read on to the end, however far that is
                connection.discardEndpoint();
                throw new AnswerTooLarge(cap.bytes);
            }
            if (System.nanoTime() - begun > cap.within.toNanos()) {
                connection.discardEndpoint();
                throw new SocketTimeoutException();
            }
        }
    }
}
