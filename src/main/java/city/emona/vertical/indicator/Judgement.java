package city.emona.vertical.indicator;

import city.emona.vertical.IndicatorSpec;
import city.emona.vertical.IndicatorSpec.Start;
import city.emona.vertical.IndicatorSpec.Target;
import city.emona.vertical.LocalizedText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;

/** The status of an indicator and the reason for it in words. */
public record Judgement(IndicatorStatus status, LocalizedText reason) {
    /** How far behind the straight way to the target still counts as a risk only, as a part of the whole way. */
    private static final double TOLERANCE = 0.1;

    private static final LocalizedText NO_VALUE = new LocalizedText("Vrednosti ni.", "There is no value.");
    private static final LocalizedText NO_TARGET = new LocalizedText("Cilja ni.", "There is no target.");

    /** Judges a value on a day: whether the target is met, or the value is on the straight way from the start to it. */
    public static Judgement of(IndicatorSpec spec, OptionalDouble value, LocalDate today) {
        Target target = spec.target();
        if (value.isEmpty()) {
            return new Judgement(IndicatorStatus.UNKNOWN, NO_VALUE);
        }
        if (target == null) {
            return new Judgement(IndicatorStatus.UNKNOWN, NO_TARGET);
        }
        Words words = new Words(spec, target);
        double reading = value.getAsDouble();
        if (target.isMetBy(reading)) {
            return new Judgement(
                    IndicatorStatus.ON_TRACK,
                    new LocalizedText(
                            "Cilj (" + words.sl() + ") je dosežen.", "The target (" + words.en() + ") is met."));
        }
        LocalDate by = target.by();
        if (by == null || today.isAfter(by)) {
            return new Judgement(
                    IndicatorStatus.LATE,
                    new LocalizedText(
                            "Cilj (" + words.sl() + ") ni dosežen.", "The target (" + words.en() + ") is not met."));
        }
        Start start = target.start();
        if (start == null) {
            return new Judgement(
                    IndicatorStatus.AT_RISK,
                    new LocalizedText(
                            "Cilj (" + words.sl() + ") še ni dosežen.",
                            "The target (" + words.en() + ") is not met yet."));
        }
        return onTheWay(words, target, start, by, reading, today);
    }

    private static Judgement onTheWay(
            Words words, Target target, Start start, LocalDate by, double reading, LocalDate today) {
        double whole = ChronoUnit.DAYS.between(start.on(), by);
        double passed = Math.clamp(ChronoUnit.DAYS.between(start.on(), today) / whole, 0, 1);
        double due = start.value() + passed * (target.value() - start.value());
        double behind = target.atLeast() ? due - reading : reading - due;
        IndicatorStatus status = behind <= 0
                ? IndicatorStatus.ON_TRACK
                : behind <= TOLERANCE * Math.abs(target.value() - start.value())
                        ? IndicatorStatus.AT_RISK
                        : IndicatorStatus.LATE;
        String sl =
                switch (status) {
                    case ON_TRACK -> "Na poti do cilja";
                    case AT_RISK -> "Malo za potjo do cilja";
                    case LATE, UNKNOWN -> "Daleč za potjo do cilja";
                };
        String en =
                switch (status) {
                    case ON_TRACK -> "On the way to the target";
                    case AT_RISK -> "A little behind the way to the target";
                    case LATE, UNKNOWN -> "Far behind the way to the target";
                };
        return new Judgement(
                status,
                new LocalizedText(
                        sl + " (" + words.sl() + "): zdaj bi moralo biti " + words.number(due, ",") + ".",
                        en + " (" + words.en() + "): it should be " + words.number(due, ".") + " now."));
    }

    /** The target in words. */
    private record Words(IndicatorSpec spec, Target target) {
        private static final char NBSP = '\u00a0';

        String sl() {
            LocalDate by = target.by();
            String day = by == null
                    ? ""
                    : " do " + by.getDayOfMonth() + "." + NBSP + by.getMonthValue() + "." + NBSP + by.getYear();
            return (target.atLeast() ? "vsaj " : "največ ") + number(target.value(), ",") + day;
        }

        String en() {
            LocalDate by = target.by();
            return (target.atLeast() ? "at least " : "at most ")
                    + number(target.value(), ".")
                    + (by == null ? "" : " by " + by);
        }

        String number(double value, String point) {
            BigDecimal rounded = BigDecimal.valueOf(value).setScale(spec.decimals(), RoundingMode.HALF_UP);
            String text = rounded.toPlainString().replace(".", point).replace('-', '\u2212');
            return spec.unit().isEmpty() ? text : text + NBSP + spec.unit();
        }
    }
}
