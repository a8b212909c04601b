package bellwether;

import bellwether.http.AnswerTooLarge;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Cuts the connection when an answer is too large, after decompression, or trickles in too long; the client's own time-out only
 * measures silence.
 */
record AnswerCap(int bytes, Duration within) implements HttpClientConfigurer {
    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("answer-cap", (request, scope, chain) -> {
            ClassicHttpResponse response = chain.proceed(request, scope);
            if (response.getEntity() != null) {
                response.setEntity(new Capped(response.getEntity(), scope.execRuntime));
            }
            return response;
        });
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
