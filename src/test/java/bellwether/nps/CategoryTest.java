package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryTest {
    @Test
    void everyScoreHasExactlyOne() {
        StringBuilder bands = new StringBuilder();
        for (int score = 0; score <= 10; score++) {
            bands.append(Category.of(score).label().charAt(0));
        }
        assertThat(bands).hasToString("DDDDDDDPPPP");
        assertThat(Category.of(6)).isEqualTo(Category.DETRACTOR);
        assertThat(Category.of(7)).isEqualTo(Category.PASSIVE);
        assertThat(Category.of(8)).isEqualTo(Category.PASSIVE);
        assertThat(Category.of(9)).isEqualTo(Category.PROMOTER);
        assertThatThrownBy(() -> Category.of(11)).hasMessageContaining("11");
        assertThatThrownBy(() -> Category.of(-1)).hasMessageContaining("-1");
    }

    @ParameterizedTest
    @CsvSource({
        "Promoter, PROMOTER",
        "Promotor, PROMOTER",
        "promoters, PROMOTER",
        "' NEUTRAL ', PASSIVE",
        "neutrals, PASSIVE",
        "passive, PASSIVE",
        "Detractors, DETRACTOR",
    })
    void readsLabelsAsPeopleSpellThem(String label, Category category) {
        assertThat(Category.parse(label)).isEqualTo(category);
    }

    @Test
    void refusesOtherLabels() {
        assertThatThrownBy(() -> Category.parse("happy"))
                .hasMessageContaining("'happy'")
                .hasMessageContaining("use promoter");
    }

    @Test
    void hasABandAndAColour() {
        assertThat(Category.PROMOTER).returns(1, Category::band).returns("green", Category::colour);
        assertThat(Category.PASSIVE).returns(0, Category::band).returns("amber", Category::colour);
        assertThat(Category.DETRACTOR).returns(-1, Category::band).returns("red", Category::colour);
    }

    @Test
    void otherNamesAreReadTheSameWay() {
        assertThat(Metric.parse(" NPS ")).isEqualTo(Metric.NPS);
        assertThat(Metric.parse("ces")).isEqualTo(Metric.CES);
        assertThatThrownBy(() -> Metric.parse("stars")).hasMessageContaining("use nps, csat, ces or other");
        assertThat(Policy.parse("all_responses")).isEqualTo(Policy.ALL_RESPONSES);
        assertThat(Policy.parse(Policy.LATEST_PER_PERSON.label())).isEqualTo(Policy.LATEST_PER_PERSON);
        assertThatThrownBy(() -> Policy.parse("mean")).hasMessageContaining("use latest_per_person");
        assertThat(Scale.parse("1-7")).isEqualTo(Scale.ONE_TO_SEVEN).returns(false, Scale::categorised);
        assertThat(Scale.parse("1-10")).returns(true, Scale::categorised).returns(true, Scale::noZero);
        assertThat(Scale.parse("0-10")).returns(true, Scale::categorised).returns(false, Scale::noZero);
        assertThatThrownBy(() -> Scale.parse("0-100")).hasMessageContaining("use 0-10, 1-10, 1-5, 1-7");
        assertThat(Email.normalised("  Ada.L+nps@Example.COM ")).isEqualTo("ada.l+nps@example.com");
        assertThat(Email.normalised(" ")).isNull();
        assertThat(Email.normalised(null)).isNull();
    }
}
