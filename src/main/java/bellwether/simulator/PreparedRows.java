package bellwether.simulator;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Rows written out once, in a file mapped into memory, so that a page is one copy of bytes and takes no heap. */
final class PreparedRows implements Rows, AutoCloseable {
    private final Rows source;
    private final long[] created;
    private final long[] updated;
    private final boolean[] hidden;
    private final boolean someHidden;
    private final int[] offsets;
    private final MappedByteBuffer bytes;
    private final Path file;

    PreparedRows(Rows source) {
        this.source = source;
        int size = source.size();
        created = new long[size];
        updated = new long[size];
        hidden = new boolean[size];
        offsets = new int[size + 1];
        boolean some = false;
        try {
            file = Files.createTempFile("bellwether-rows", ".json");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
                for (int i = 0; i < size; i++) {
                    created[i] = source.created(i);
                    updated[i] = source.updated(i);
                    hidden[i] = source.hidden(i);
                    some |= hidden[i];
                    byte[] row = source.row(i);
                    out.write(row);
                    out.write(',');
                    offsets[i + 1] = Math.addExact(offsets[i], row.length + 1);
                }
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, offsets[size]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("prepared rows cannot be written to the temporary folder", e);
        }
        someHidden = some;
    }

    @Override
    public int size() {
        return created.length;
    }

    @Override
    public long created(int i) {
        return created[i];
    }

    @Override
    public long updated(int i) {
        return updated[i];
    }

    @Override
    public int id(int i) {
        return source.id(i);
    }

    @Override
    public String email(int i) {
        return source.email(i);
    }

    @Override
    public boolean hidden(int i) {
        return hidden[i];
    }

    @Override
    public boolean someHidden() {
        return someHidden;
    }

    @Override
    public byte[] row(int i) {
        byte[] row = new byte[offsets[i + 1] - offsets[i] - 1];
        bytes.get(offsets[i], row);
        return row;
    }

    @Override
    public byte[] slice(int from, int to) {
        byte[] slice = new byte[offsets[to] - offsets[from]];
        bytes.get(offsets[from], slice);
        return slice;
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
