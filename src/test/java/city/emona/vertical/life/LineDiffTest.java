package city.emona.vertical.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    private static String shown(LineDiff diff) {
        return diff.lines().stream()
                .map(line -> switch (line.kind()) {
                    case SAME -> " " + line.text();
                    case ADDED -> "+" + line.text();
                    case REMOVED -> "-" + line.text();
                    case GAP -> "…";
                })
                .collect(Collectors.joining("|"));
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void saysNothingOfTheSameText() {
        assertThat(LineDiff.between("a\nb\n", "a\nb\n").lines()).isEmpty();
    }

    @Test
    void showsChangesWithThreeLinesAround() {
        String before = lines(1, 20);
        String after = before.replace("\n5\n", "\nfive\n").replace("\n20", "");
        assertThat(shown(LineDiff.between(before, after))).isEqualTo(" 2| 3| 4|-5|+five| 6| 7| 8|…| 17| 18| 19|-20");
    }

    @Test
    void numbersLinesInTheTextThatHasThem() {
        LineDiff diff = LineDiff.between("a\nb\nc", "a\nx\ny\nc");
        assertThat(diff.lines().stream().map(LineDiff.Line::number)).containsExactly(1, 2, 2, 3, 4);
    }

    @Test
    void doesNotCompareWhatIsTooLongAndTooDifferent() {
        LineDiff diff = LineDiff.between(lines(1, 3_000), lines(10_000, 13_000));
        assertThat(diff.isWhole()).isFalse();
    }
}
