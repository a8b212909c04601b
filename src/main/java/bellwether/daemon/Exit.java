package bellwether.daemon;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command can end; every command uses these codes and no others. */
public enum Exit {
    OK(0, "all went well"),
    FAILURE(1, "it did not work: the message says why and what to do"),
    USAGE(2, "the command line is not understood"),
    CONFIGURATION(3, "a mistake in a configuration file; each is named with file and line"),
    PARTIAL(
            4,
            "it worked, but some records were set aside, refused or held back, or fields are missing, or a number stays unexplained"),
    UNREACHABLE(5, "a connection is paused, refused us or could not be reached: try again, or see its advice");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** The worse of two, where one command looks at several things: configuration, then unreachable, then partial. */
    public Exit or(Exit other) {
        return rank() >= other.rank() ? this : other;
    }

    private int rank() {
        return switch (this) {
            case OK -> 0;
            case PARTIAL -> 1;
            case UNREACHABLE -> 2;
            case CONFIGURATION -> 3;
            case FAILURE -> 4;
            case USAGE -> 5;
        };
    }

    /** For the foot of every help text. */
    public static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        for (Exit exit : values()) {
            list.put(Integer.toString(exit.code), exit.meaning);
        }
        list.put("130", "stopped by Ctrl-C");
        list.put("143", "stopped by SIGTERM, as `run` is in the end");
        return list;
    }
}
