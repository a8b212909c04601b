package bellwether.simulator;

import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Response;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.IntFunction;

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

    /** One row: when it was created and updated, whether lists leave it out, its JSON. */
    record Written(Instant created, Instant updated, boolean hidden, byte[] json) {}

    static PreparedRows responses(Company company) {
        return new PreparedRows(WootricRows.responses(company), i -> {
            Response response = company.response(i);
            return new Written(response.created(), response.updated(), false, WootricJson.row(response));
        });
    }

    static PreparedRows endUsers(Company company) {
        return new PreparedRows(WootricRows.endUsers(company), i -> {
            EndUser user = company.endUser(i);
            return new Written(user.created(), user.updated(), user.deleted(), WootricJson.row(user));
        });
    }

    private PreparedRows(Rows source, IntFunction<Written> rows) {
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
                    Written row = rows.apply(i);
                    created[i] = row.created().getEpochSecond();
                    updated[i] = row.updated().getEpochSecond();
                    hidden[i] = row.hidden();
                    some |= hidden[i];
                    out.write(row.json());
                    out.write(',');
                    offsets[i + 1] = Math.addExact(offsets[i], row.json().length + 1);
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
