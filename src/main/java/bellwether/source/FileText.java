package bellwether.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** The text of a file in its encoding: as declared, by its byte order mark, UTF-8 where it is that, else windows-1252. */
final class FileText {
    private static final int SAMPLE = 1 << 20;
    private static final char MARK = '\uFEFF';

    private final BufferedReader reader;

    private FileText(BufferedReader reader) {
        this.reader = reader;
    }

    /** Opens a text; bytes that do not fit the encoding end the reading, see {@link #stopped}. */
    static FileText open(InputStream in, String encoding) throws IOException {
        byte[] sample = in.readNBytes(SAMPLE);
        Charset charset = encoding == null ? detected(sample) : declared(encoding);
        var all = new SequenceInputStream(new java.io.ByteArrayInputStream(sample), in);
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        BufferedReader reader = new BufferedReader(new InputStreamReader(all, decoder), 1 << 16);
        reader.mark(1);
        if (reader.read() != MARK) {
            reader.reset();
        }
        return new FileText(reader);
    }

    BufferedReader reader() {
        return reader;
    }

    /** What stopped the reading after a line, for throwing. */
    static RuntimeException stopped(IOException e, long line) {
        return e instanceof CharacterCodingException
                ? new FileUnreadable(
                        "After line " + line + " there are bytes that are no text in the file's encoding: declare"
                                + " the right one, such as utf-8 or windows-1252.")
                : new UncheckedIOException(e);
    }

    private static Charset declared(String encoding) {
        try {
            return Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new FileUnreadable(
                    "'" + encoding + "' is no encoding known here: write utf-8, windows-1252 or utf-16.");
        }
    }

    private static Charset detected(byte[] sample) {
        if (begins(sample, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (begins(sample, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        if (utf8(sample)) {
            return StandardCharsets.UTF_8;
        }
        return Charset.forName("windows-1252"); // what spreadsheet programs write where they do not write UTF-8
    }

    private static boolean begins(byte[] sample, int first, int second) {
        return sample.length > 1 && (sample[0] & 0xFF) == first && (sample[1] & 0xFF) == second;
    }

    /** Whether it is UTF-8 as far as it goes; a character cut by the end of the sample is none of its faults. */
    private static boolean utf8(byte[] sample) {
        for (int cut = 0; cut < Math.min(4, sample.length + 1); cut++) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sample, 0, sample.length - cut));
                return true;
            } catch (CharacterCodingException e) {
                if (sample.length < SAMPLE) {
                    return false;
                }
            }
        }
        return false;
    }
}
