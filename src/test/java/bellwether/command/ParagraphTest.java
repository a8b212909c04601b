package bellwether.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    private static final String LONG = "Read the tool first, which takes a minute or two at the most:";

    @Test
    void aLineEndsWithinTheTerminalAndTheNextIsIndented() {
        assertThat(Paragraph.wrap(LONG + " bellwether sync wootric, and then look.", "- ", "  "))
                .containsExactly("- " + LONG + " bellwether sync", "  wootric, and then look.");
    }

    @Test
    void aCommandIsNotBroken() {
        assertThat(Paragraph.wrap(LONG + " `bellwether sync wootric`, and then look.", "- ", "  "))
                .containsExactly("- " + LONG, "  `bellwether sync wootric`, and then look.");
    }

    /** As in a word of somebody else's that is quoted. */
    @Test
    void aSingleBacktickHoldsNothingTogether() {
        assertThat(Paragraph.wrap(LONG + " it`s sync, wootric, and then look.", "- ", "  "))
                .containsExactly("- " + LONG + " it`s sync,", "  wootric, and then look.");
    }
}
