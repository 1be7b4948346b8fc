package city.emona.portal;

import city.emona.portal.Charts.Shown;
import city.emona.portal.Trace.Numbers;
import city.emona.portal.Trace.Sample;
import city.emona.portal.Trace.Stretch;
import city.emona.portal.Trace.Words;
import city.emona.vertical.Column;
import java.util.ArrayList;
import java.util.List;

/** Says in words what a chart shows. */
final class HistoryWords {
    private final CityTime time;
    private final Language language;
    private final Texts texts;
    private final Format format;

    HistoryWords(CityTime time) {
        this.time = time;
        this.language = time.language();
        this.texts = Texts.of(language);
        this.format = Format.of(language);
    }

    /** One sentence or two about a series. */
    String sentence(Shown shown) {
        String name =
                shown.label().isEmpty() ? language.pick(shown.subject().column().title()) : shown.label();
        return switch (shown.trace()) {
            case Trace.Nothing _ -> texts.text("history.summary.nothing", name);
            case Numbers numbers -> numbers(name, numbers, shown.subject().column());
            case Words words -> words(name, words, shown.subject());
        };
    }

    private String numbers(String name, Numbers numbers, Column column) {
        if (numbers.count() == 0) {
            return texts.text(
                    "history.summary.unchanged",
                    name,
                    quantity(numbers.latest(), column),
                    at(numbers.latest().at()));
        }
        if (numbers.count() == 1 && numbers.samples().size() == 1) {
            return texts.text(
                    "history.summary.one",
                    name,
                    quantity(numbers.latest(), column),
                    at(numbers.latest().at()));
        }
        if (numbers.isFlat()) {
            return texts.text(
                    "history.summary.same",
                    name,
                    quantity(numbers.latest(), column),
                    format.count(numbers.count(), "history.values"),
                    at(numbers.latest().at()));
        }
        return texts.text(
                "history.summary.numbers",
                name,
                quantity(numbers.highest(), column),
                at(numbers.highest().at()),
                quantity(numbers.lowest(), column),
                at(numbers.lowest().at()),
                quantity(numbers.latest(), column),
                at(numbers.latest().at()),
                format.count(numbers.count(), "history.values"));
    }

    private String quantity(Sample sample, Column column) {
        return format.quantity(sample.value(), column.decimals(), column.unit());
    }

    private String at(long micros) {
        return time.dateTime(HistorySpan.instant(micros));
    }

    private String words(String name, Words words, HistorySubject subject) {
        Stretch last = words.stretches().getLast();
        String word = subject.readings().words(last.value(), subject.column()).orElse(Reading.DASH);
        int changes = words.stretches().size() - 1;
        return changes == 0
                ? texts.text("history.summary.unchangedWords", name, word, at(last.at()))
                : texts.text(
                        "history.summary.words", name, word, at(last.at()), format.count(changes, "history.changes"));
    }

    /** What else there is to say: how numbers are summed up, limits far above, values that are left out. */
    List<String> notes(List<Shown> all, BucketWidth width, Charts charts) {
        List<String> notes = new ArrayList<>();
        double most = 0;
        boolean areMeans = false;
        boolean areRolledUp = false;
        boolean areNumbers = false;
        for (Shown shown : all) {
            switch (shown.trace()) {
                case Numbers numbers -> {
                    areNumbers = true;
                    areMeans |= numbers.areMeans();
                    areRolledUp |= numbers.areRolledUp();
                    most = Math.max(most, numbers.highest().value());
                    if (numbers.others() > 0) {
                        notes.add(format.count(numbers.others(), "history.notNumbers"));
                    }
                }
                case Words words -> {
                    if (!words.areAll()) {
                        notes.add(texts.text("history.onlyLatest"));
                    }
                }
                case Trace.Nothing _ -> {}
            }
        }
        if (areRolledUp) {
            notes.addFirst(texts.text("history.rolledUp"));
        }
        if (areMeans) {
            notes.addFirst(texts.text("history.means", texts.text("history.means." + width.code())));
        }
        if (areNumbers) {
            for (Column.Limit limit : charts.limits(all, most, false)) {
                notes.add(texts.text(
                        "history.limitAbove",
                        language.pick(limit.name()),
                        format.quantity(
                                limit.value(),
                                Charts.decimals(limit.value()),
                                all.getFirst().subject().column().unit())));
            }
        }
        return notes;
    }
}
