package bellwether.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An append-only file of JSON lines. A batch is one write, so it survives the end of the process (not of the machine) once
 * {@link #append} has returned; a last line that was cut is dropped at the next start.
 */
final class Journal implements AutoCloseable {
    private final Path file;
    private final ObjectMapper json;
    private final FileChannel channel;

    private Journal(Path file, ObjectMapper json, FileChannel channel) {
        this.file = file;
        this.json = json;
        this.channel = channel;
    }

    /** Opens the file, hands each whole line to {@code replay} and cuts off what follows the last whole line. */
    static Journal open(Path file, ObjectMapper json, Consumer<JsonNode> replay) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file)) {
                cut(file, wholeLines(file, json, replay));
            }
            return new Journal(
                    file,
                    json,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException("simulator journal " + file + " cannot be opened", e);
        }
    }

    synchronized void append(List<?> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (Object entry : entries) {
                lines.write(json.writeValueAsBytes(entry));
                lines.write('\n');
            }
            ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("simulator journal " + file + " cannot be written", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("simulator journal " + file + " cannot be closed", e);
        }
    }

    /** Replays the whole lines and returns how many bytes they take. */
    private static long wholeLines(Path file, ObjectMapper json, Consumer<JsonNode> replay) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<JsonNode> nodes = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            try {
                nodes.add(json.readTree(bytes, start, i - start));
            } catch (JsonProcessingException e) {
                break;
            }
            start = i + 1;
        }
        nodes.forEach(replay);
        return start;
    }

    private static void cut(Path file, long length) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(length);
        }
    }
}
