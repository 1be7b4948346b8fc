package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {
                "en / sl en / en",
                "EN / sl en / en",
                "en / sl EN-gb / EN-gb",
                "en-GB / sl en / en",
                "de-CH-1996 / de de-CH / de-CH",
                "en-GB / en-US en / en",
                "fr-CH,fr / sl fr / fr",
                "de, sl / en sl de / de",
                "fr;q=0.2,nl;q=0.9 / fr nl / nl",
                "fr-CH,fr;q=0.9,en;q=0.8,*;q=0.5 / en fr / fr",
                "pt / sl en / sl",
                "pt / sl @none en / @none",
                "* / sl en / sl",
                "* / sl @none / @none",
                "*,sl;q=0 / sl en / en",
                "pt,sl;q=0 / sl-SI en / en",
                "sl;q=0 / sl / sl",
                "*;q=0.5,en / sl en / en",
                "e / sl en / sl"
            })
    void choosesTheLanguageThatSuitsBest(String filter, String tags, String chosen) {
        var map = Json.object();
        for (String tag : tags.strip().split(" ")) {
            map.put(tag, "text");
        }
        assertThat(LanguageFilter.parse(filter.strip()).choose(map)).isEqualTo(chosen.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "en,", "e n", "en;q=2", "en;q=x", "en;q=", "toolongatag", "en-", "@none", "en;v=1"})
    void refusesWhatIsNoListOfLanguages(String text) {
        assertThatThrownBy(() -> LanguageFilter.parse(text))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
    }

    @Test
    void boundsTheNumberOfLanguages() {
        assertThatThrownBy(() -> LanguageFilter.parse("en" + ",en".repeat(50))).isInstanceOf(Problem.class);
    }
}
