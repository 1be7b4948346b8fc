package city.emona.portal;

import city.emona.portal.Trace.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws numbers as paths of SVG, in a field of 1000 by 1000. Where there are gaps, the line breaks; a value that stands alone is a dot. */
final class Drawing {
    private final HistorySpan span;
    private final ValueAxis axis;

    Drawing(HistorySpan span, ValueAxis axis) {
        this.span = span;
        this.axis = axis;
    }

    /** A number in a drawing, with two places at most. */
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** How far a time is from the left edge, of 1000; what is before the span stands on the edge. */
    double across(long micros) {
        return Math.clamp(1_000 * span.share(micros), 0, 1_000);
    }

    /**
     * Samples without a gap between them.
     *
     * @param stale how long after a value the next may be, in microseconds; beyond it is a gap
     * @param deletions when the attribute was deleted, in order
     */
    static List<List<Sample>> runs(List<Sample> samples, long stale, long[] deletions) {
        List<List<Sample>> runs = new ArrayList<>();
        List<Sample> run = new ArrayList<>();
        for (Sample sample : samples) {
            if (!run.isEmpty() && isGap(run.getLast(), sample, stale, deletions)) {
                runs.add(run);
                run = new ArrayList<>();
            }
            run.add(sample);
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    private static boolean isGap(Sample one, Sample next, long stale, long[] deletions) {
        return next.at() - one.end() > stale
                || Arrays.stream(deletions).anyMatch(time -> time >= one.end() && time < next.at());
    }

    /** A line from value to value. */
    String line(List<List<Sample>> runs) {
        StringBuilder path = new StringBuilder();
        for (List<Sample> run : runs) {
            for (int i = 0; i < run.size() && run.size() > 1; i++) {
                Sample sample = run.get(i);
                point(path, i == 0 ? 'M' : 'L', across(sample.middle()), axis.place(sample.value()));
            }
        }
        return path.toString();
    }

    /** The values without a neighbour, as strokes of no length. */
    String dots(List<List<Sample>> runs) {
        StringBuilder path = new StringBuilder();
        for (List<Sample> run : runs) {
            if (run.size() == 1) {
                point(
                        path,
                        'M',
                        across(run.getFirst().middle()),
                        axis.place(run.getFirst().value()));
                path.append("h.01");
            }
        }
        return path.toString();
    }

    /**
     * A line that stays where it is until the next value.
     *
     * @param end how long the last value holds, in epoch microseconds
     */
    String steps(List<List<Sample>> runs, long end) {
        StringBuilder path = new StringBuilder();
        for (int at = 0; at < runs.size(); at++) {
            List<Sample> run = runs.get(at);
            for (int i = 0; i < run.size(); i++) {
                Sample sample = run.get(i);
                if (i > 0) {
                    path.append('H').append(number(across(sample.middle())));
                    path.append('V').append(number(axis.place(sample.value())));
                } else {
                    point(path, 'M', across(sample.middle()), axis.place(sample.value()));
                }
            }
            double reach = at == runs.size() - 1 ? across(end) : 0;
            double last = across(run.getLast().middle());
            path.append('H').append(number(Math.max(reach, last + .01)));
        }
        return path.toString();
    }

    /** The field between the smallest and the largest value of each sample. */
    String spread(List<List<Sample>> runs) {
        StringBuilder path = new StringBuilder();
        for (List<Sample> run : runs) {
            if (run.size() < 2) {
                continue;
            }
            for (int i = 0; i < run.size(); i++) {
                Sample sample = run.get(i);
                point(path, i == 0 ? 'M' : 'L', across(sample.middle()), axis.place(sample.most()));
            }
            for (Sample sample : run.reversed()) {
                point(path, 'L', across(sample.middle()), axis.place(sample.least()));
            }
            path.append('Z');
        }
        return path.toString();
    }

    private static void point(StringBuilder path, char command, double x, double y) {
        path.append(command).append(number(x)).append(' ').append(number(y));
    }
}
