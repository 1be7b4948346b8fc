package city.emona.portal;

import city.emona.context.Entity;
import city.emona.vertical.Aggregate;
import city.emona.vertical.Column;
import city.emona.vertical.KeyFigure;
import city.emona.vertical.View;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** Makes key figures of entities. Values that are stale count only where no fresh ones are. */
final class Figures {
    private final EntityReadings readings;
    private final List<Entity> entities;
    private final CityTime time;
    private final Language language;
    private final Instant now;

    private record Value(Entity entity, Reading reading, double number) {}

    Figures(EntityReadings readings, List<Entity> entities, CityTime time, Instant now) {
        this.readings = readings;
        this.entities = entities;
        this.time = time;
        this.language = time.language();
        this.now = now;
    }

    Figure figure(KeyFigure declared) {
        return declared.findColumn().map(column -> ofValues(declared, column)).orElseGet(() -> ofEntities(declared));
    }

    private Figure ofEntities(KeyFigure declared) {
        Optional<Instant> newest = entities.stream()
                .flatMap(entity -> readings.observedAt(entity).stream())
                .max(Comparator.naturalOrder());
        return new Figure(
                declared.id(),
                language.pick(declared.title()),
                Format.of(language).number(entities.size()),
                declared.unit(),
                newest.map(readings::isStale).orElse(false),
                false,
                entities.stream().anyMatch(EntityReadings::isDemo),
                newest,
                age(newest),
                providers(entities),
                Optional.empty(),
                Optional.empty());
    }

    private Figure ofValues(KeyFigure declared, Column column) {
        List<Value> values = values(column);
        Optional<Instant> newest = values.stream()
                .flatMap(value -> value.reading().observedAt().stream())
                .max(Comparator.naturalOrder());
        OptionalDouble number = aggregate(declared, values);
        Optional<Value> extreme = extreme(declared.aggregate(), values);
        return new Figure(
                declared.id(),
                language.pick(declared.title()),
                number.isPresent()
                        ? Format.of(language).number(number.getAsDouble(), declared.decimals())
                        : Reading.DASH,
                number.isPresent() ? declared.unit() : "",
                values.stream().anyMatch(value -> value.reading().isStale()),
                number.isEmpty(),
                values.stream().anyMatch(value -> EntityReadings.isDemo(value.entity())),
                newest,
                number.isPresent() ? age(newest) : Texts.of(language).text("figure.missing"),
                source(values),
                extreme.map(value ->
                        new Link(EntityAddress.href(language, value.entity().id()), readings.name(value.entity()))),
                declared.aggregate() == Aggregate.COUNT || declared.aggregate() == Aggregate.SUM
                        ? Optional.empty()
                        : mark(column, number));
    }

    private Optional<Reading.Mark> mark(Column column, OptionalDouble number) {
        return readings.view()
                .findMap()
                .filter(layer ->
                        number.isPresent() && layer.colourBy().attribute().equals(column.attribute()))
                .map(layer -> EntityReadings.mark(layer, number.getAsDouble(), language));
    }

    private List<Value> values(Column column) {
        List<Value> all = entities.stream()
                .map(entity -> {
                    Reading reading = readings.reading(entity, column);
                    return new Value(entity, reading, reading.number().orElse(Double.NaN));
                })
                .filter(value -> !Double.isNaN(value.number()))
                .toList();
        List<Value> fresh =
                all.stream().filter(value -> !value.reading().isStale()).toList();
        return fresh.isEmpty() ? all : fresh;
    }

    private static OptionalDouble aggregate(KeyFigure declared, List<Value> values) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        KeyFigure.Range range = declared.range();
        var numbers = values.stream().mapToDouble(Value::number);
        return switch (declared.aggregate()) {
            case COUNT ->
                OptionalDouble.of((double)
                        numbers.filter(n -> range == null || range.contains(n)).count());
            case SUM -> OptionalDouble.of(numbers.sum());
            case AVERAGE -> numbers.average();
            case MINIMUM -> numbers.min();
            case MAXIMUM -> numbers.max();
        };
    }

    private static Optional<Value> extreme(Aggregate aggregate, List<Value> values) {
        return switch (aggregate) {
            case MINIMUM -> values.stream().min(Comparator.comparingDouble(Value::number));
            case MAXIMUM -> values.stream().max(Comparator.comparingDouble(Value::number));
            case COUNT, SUM, AVERAGE -> Optional.empty();
        };
    }

    private String age(Optional<Instant> newest) {
        return newest.map(then -> time.age(then, now)).orElse("");
    }

    private String source(List<Value> values) {
        List<Entity> used =
                (values.isEmpty() ? entities.stream() : values.stream().map(Value::entity)).toList();
        String providers = providers(used);
        String counted = values.isEmpty() ? "" : counted(values.size(), entities.size(), readings.view(), language);
        return providers.isEmpty() || counted.isEmpty() ? providers + counted : providers + ", " + counted;
    }

    private String providers(List<Entity> of) {
        TreeSet<String> names = new TreeSet<>();
        of.forEach(entity -> names.add(readings.provider(entity)));
        names.remove("");
        return String.join(", ", names.stream().limit(3).toList());
    }

    static String counted(long used, long all, View view, Language language) {
        String noun = view.noun().form(all, language.tag());
        Format format = Format.of(language);
        return used == all
                ? format.number(all) + Format.NBSP + noun
                : Texts.of(language)
                        .text(
                                "figure.partly",
                                format.number(used),
                                format.number(all),
                                view.noun().form(language == Language.SLOVENE ? 5 : all, language.tag()));
    }
}
