package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void takesEveryVisibleAsciiCharacterInAUriButTheForbiddenOnes() {
        for (char c = 0; c < 0x80; c++) {
            boolean allowed = c > ' ' && c < 0x7F && "<>\"{}|\\^`".indexOf(c) < 0;
            assertThat(Names.isUri("urn:a" + c + "b")).as("U+%04X", (int) c).isEqualTo(allowed);
            assertThat(Names.isUri("urn:č" + c + "b"))
                    .as("U+%04X after č", (int) c)
                    .isEqualTo(allowed);
        }
    }

    @Test
    void takesLettersOfAllScriptsInAUriAndNothingInvisible() {
        assertThat(Names.isUri("urn:ngsi-ld:Ulica:Čopova-ž")).isTrue();
        assertThat(Names.isUri("urn:\u200Bx")).isFalse();
        assertThat(Names.isUri("urn:\u00A0x")).isFalse();
        assertThat(Names.isUri("urn:x\uFE0F")).isFalse();
    }

    @Test
    void wantsASchemeAndSomethingBehindIt() {
        assertThat(Names.isUri("")).isFalse();
        assertThat(Names.isUri(":a")).isFalse();
        assertThat(Names.isUri("urn:")).isFalse();
        assertThat(Names.isUri("1rn:a")).isFalse();
        assertThat(Names.isUri("u_n:a")).isFalse();
        assertThat(Names.isUri("coap+tcp:a")).isTrue();
        assertThat(Names.isUri("urn:" + "a".repeat(2_000))).isFalse();
    }

    @Test
    void takesNamesOfLettersDigitsUnderscoresAndDashes() {
        for (String name : new String[] {"a", "pm10", "air_quality-index", "številka", "sosvet:ime"}) {
            assertThatCode(() -> Names.requireName(name, "The name")).doesNotThrowAnyException();
        }
        for (String name : new String[] {"", "1a", "_a", "-a", "a b", "a.b", "a\u200B", "a:"}) {
            assertThatThrownBy(() -> Names.requireName(name, "The name"))
                    .as(name)
                    .isInstanceOf(Problem.class);
        }
    }
}
