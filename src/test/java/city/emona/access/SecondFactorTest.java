package city.emona.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecondFactorTest {
    /** The secret of the test vectors of RFC 6238, appendix B, in Base32. */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @Test
    void givesTheCodesOfTheStandard() {
        assertThat(SecondFactor.codeAt(SECRET, 59_000L)).isEqualTo("287082");
        assertThat(SecondFactor.codeAt(SECRET, 1_111_111_109_000L)).isEqualTo("081804");
        assertThat(SecondFactor.codeAt(SECRET, 1_234_567_890_000L)).isEqualTo("005924");
        assertThat(SecondFactor.codeAt(SECRET, 20_000_000_000_000L)).isEqualTo("353130");
    }

    @Test
    void takesACodeOnceAndNoneBeforeIt() {
        SecondFactor factor = SecondFactor.of(SECRET, 0, List.of());
        long now = 1_234_567_890_000L;
        SecondFactor after = factor.take("005 924", now).orElseThrow();
        assertThat(after.take("005924", now)).isEmpty();
        assertThat(after.take(SecondFactor.codeAt(SECRET, now - 30_000), now)).isEmpty();
        assertThat(after.take(SecondFactor.codeAt(SECRET, now + 30_000), now)).isPresent();
    }

    @Test
    void takesTheCodesOfClocksThatDifferALittle() {
        SecondFactor factor = SecondFactor.of(SECRET, 0, List.of());
        long now = 1_234_567_890_000L;
        assertThat(factor.take(SecondFactor.codeAt(SECRET, now - 30_000), now)).isPresent();
        assertThat(factor.take(SecondFactor.codeAt(SECRET, now - 60_000), now)).isEmpty();
        assertThat(factor.take(SecondFactor.codeAt(SECRET, now + 60_000), now)).isEmpty();
    }

    @Test
    void takesEachCodeOnPaperOnce() {
        List<String> codes = SecondFactor.drawRecovery();
        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
        SecondFactor factor = SecondFactor.of(SECRET, 0, codes);
        SecondFactor after =
                factor.take(codes.get(3).toLowerCase(Locale.ROOT), 0).orElseThrow();
        assertThat(after.take(codes.get(3), 0)).isEqualTo(Optional.empty());
        assertThat(after.take(codes.get(4).replace("-", " "), 0)).isPresent();
        assertThat(after.recovery()).hasSize(9).doesNotContainAnyElementsOf(codes);
    }

    @Test
    void drawsSecretsThatItCanReadAgain() {
        String secret = SecondFactor.drawSecret();
        assertThat(secret).matches("[A-Z2-7]{32}");
        assertThat(SecondFactor.findStep(secret, SecondFactor.codeAt(secret, 90_000), 90_000))
                .contains(3L);
    }
}
