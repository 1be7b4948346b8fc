package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeSelectionTest {
    private static TypeSelection parse(String text) {
        return TypeSelection.parse(text, name -> name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "A A true",
                "A B false",
                "A A+B true",
                "A,B B true",
                "A|B C false",
                "(A;B)|C A false",
                "(A;B)|C A+B true",
                "(A;B)|C C true",
                "(A;B),(C;D) C+D true",
                "(A;B),(C;D) A+D false",
                "((A|B);C) B+C true",
                "((A|B);C) A+B false",
                "(A) A true",
                "(A;(B;C)) A+B+C true",
                "https://x.example/A#b A false",
                "https://x.example/A#b https://x.example/A#b true",
                "* A true"
            })
    void selectsByType(String selection, String types, boolean selected) {
        assertThat(parse(selection).matches(List.of(types.split("\\+")))).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "A,", ",A", "A||B", "(A", "A)", "()", "(A;)", "A B", "9A", "A;", "A,*", "\"A\"", "A=B"})
    void refusesWhatIsNoSelection(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
    }

    @Test
    void refusesToMultiplyWithoutEnd() {
        assertThatThrownBy(() -> parse("(A,B,C,D);(E,F,G,H);(I,J,K,L);(M,N,O,P)"))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> parse("(".repeat(5_000) + "A" + ")".repeat(5_000)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void expandsEveryName() {
        assertThat(TypeSelection.parse("(A;B)|C", name -> "urn:" + name).matches(List.of("urn:C")))
                .isTrue();
    }
}
