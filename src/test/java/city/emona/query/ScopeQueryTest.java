package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clause 4.19, each line a scope query, the scopes of an entity, and whether it is selected. */
class ScopeQueryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/A /A true",
                "A /A true",
                "/A /A/B false",
                "/A /AB false",
                "/A/B /A false",
                "/A/# /A true",
                "/A/# /A/B/C true",
                "/A/# /AB false",
                "/A/B/# /A/C false",
                "/# /A true",
                "/# - false",
                "/A - false",
                "/+ /A true",
                "/+ /A/B false",
                "/A/+ /A/B true",
                "/A/+ /A false",
                "/A/+/C /A/B/C true",
                "/A/+/C /A/B/D false",
                "/+/B/# /A/B/C true",
                "/+/# /A true",
                "/A,/B /B true",
                "/A|/B /C false",
                "(/A;/B) /A false",
                "(/A;/B) /A+/B true",
                "/A;/B /A+/B true",
                "/A;/B /A false",
                "(/A;/B)|/C /C true",
                "(/A;/B),C /C true",
                "(/A/#;/B/#) /A/x+/B/y true",
                "/Čatež_1 /Čatež_1 true"
            })
    void selectsByScope(String query, String scopes, boolean selected) {
        List<String> list = scopes.equals("-") ? List.of() : List.of(scopes.split("\\+"));
        assertThat(ScopeQuery.parse(query).matches(list)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "//A", "/A/", "/A//B", "/#/A", "/A/#/B", "/9", "/A B", "/A;", "(/A", "/A)", ",", "/A+", "/A#",
                "/*"
            })
    void refusesWhatIsNoScopeQueryWithARemedy(String text) {
        assertThatThrownBy(() -> ScopeQuery.parse(text)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA);
            assertThat(problem.remedy()).isNotEmpty();
        });
    }
}
