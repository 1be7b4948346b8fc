package city.emona.vertical.indicator;

import city.emona.broker.Broker;
import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.query.TypeSelection;
import city.emona.store.HistoryRange;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import city.emona.time.Timestamps;
import city.emona.vertical.EntityDraft;
import city.emona.vertical.IndicatorSpec;
import city.emona.vertical.IndicatorSpec.Computation;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.rule.BrokerCity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The entities of the indicators: what was computed or read is written here, with its status. Safe for use by many threads. */
public final class IndicatorBook {
    /** How long a name or a note may be, in characters. */
    public static final int MAX_LENGTH = 2_000;

    private final Broker broker;
    private final Supplier<Verticals> verticals;
    private final ZoneId zone;

    /**
     * A book of the indicators of these verticals.
     *
     * @param zone in which days begin
     */
    public IndicatorBook(Broker broker, Supplier<Verticals> verticals, ZoneId zone) {
        this.broker = broker;
        this.verticals = verticals;
        this.zone = zone;
    }

    /** An indicator as it is declared. */
    record Declared(Vertical vertical, IndicatorSpec spec) {
        String entityId() {
            return IndicatorTerms.id(vertical.id(), spec.id());
        }
    }

    /** The entity of an indicator; there is none before it was computed or read first. */
    public Optional<Entity> find(Vertical vertical, IndicatorSpec spec) {
        return broker.find(Tenant.DEFAULT, IndicatorTerms.id(vertical.id(), spec.id()));
    }

    /** The value that an indicator's entity has. */
    public static OptionalDouble value(Entity entity) {
        return entity.findValue(IndicatorTerms.VALUE)
                .filter(JsonNode::isNumber)
                .map(value -> OptionalDouble.of(value.doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    /** When an indicator's value was computed or read, in epoch milliseconds. */
    public static OptionalLong observedAt(Entity entity) {
        String time = entity.findAttribute(IndicatorTerms.VALUE)
                .map(Attribute::main)
                .map(instance -> instance.observedAt())
                .orElse(null);
        return time == null ? OptionalLong.empty() : Timestamps.parse(time);
    }

    /**
     * Takes what somebody read.
     *
     * @param entityId the id of the indicator's entity
     * @param observedAt when it was so, in epoch milliseconds
     * @throws Problem of type ResourceNotFound, or BadRequestData when the indicator is not read by people
     */
    public void read(String entityId, double value, long observedAt, String who, String note) {
        Declared declared = verticals.get().list().stream()
                .flatMap(vertical -> vertical.indicators().stream().map(spec -> new Declared(vertical, spec)))
                .filter(one -> one.entityId().equals(entityId))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no indicator " + entityId + "."));
        if (!(declared.spec.computation() instanceof Computation.Manual)) {
            throw Problem.badRequestData(
                    "The indicator " + entityId + " is computed, not read by people.",
                    "Correct the data that it is computed from.");
        }
        if (!Double.isFinite(value) || who.isBlank() || who.length() > MAX_LENGTH || note.length() > MAX_LENGTH) {
            throw Problem.badRequestData(
                    who.isBlank()
                            ? "It is not said who read the value."
                            : "The value, the name or the note is not right.",
                    "Send a number, a name, and a note of at most " + MAX_LENGTH + " characters.");
        }
        write(declared, OptionalDouble.of(value), observedAt, who.strip(), note.strip());
    }

    /** Writes a value, or that there is none, with the status that it has on this day. */
    void write(Declared declared, OptionalDouble value, long observedAt, String who, String note) {
        IndicatorSpec spec = declared.spec;
        LocalDate today = Instant.ofEpochMilli(broker.now()).atZone(zone).toLocalDate();
        Judgement judgement = Judgement.of(spec, value, today);
        EntityDraft draft = new EntityDraft(declared.entityId(), IndicatorTerms.INDICATOR, broker.now())
                .languages(IndicatorTerms.NAME, spec.title())
                .languages(IndicatorTerms.DESCRIPTION, spec.description())
                .text(IndicatorTerms.VERTICAL, declared.vertical.id())
                .text(IndicatorTerms.METHOD, spec.computation() instanceof Computation.Manual ? "manual" : "automatic")
                .text(IndicatorTerms.STATUS, judgement.status().term())
                .text(IndicatorTerms.STANDING, judgement.status().standing())
                .languages(IndicatorTerms.REASON, judgement.reason())
                .relationship(IndicatorTerms.MEASURE, spec.measure())
                .text(IndicatorTerms.READ_BY, who)
                .text(IndicatorTerms.NOTE, note);
        value.ifPresent(number -> draft.observed(IndicatorTerms.VALUE, Json.fromPlain(number), "", observedAt));
        broker.upsertAll(Tenant.DEFAULT, List.of(draft.entity()));
        if (value.isEmpty()) {
            withoutValue(declared.entityId());
        }
    }

    private void withoutValue(String entityId) {
        broker.edit(
                Tenant.DEFAULT,
                entityId,
                TypeSelection.ANY,
                entity -> entity.findAttribute(IndicatorTerms.VALUE).isEmpty()
                        ? entity
                        : entity.withoutAttribute(IndicatorTerms.VALUE).withTimes(entity.createdAt(), broker.now()));
    }

    /** What the history of all entities of a type amounts to. */
    OptionalDouble fold(Computation.Past computation, long now) {
        PastNumbers numbers = new PastNumbers();
        SeriesSelector series = new SeriesSelector(Set.of(computation.attribute()), null);
        HistoryRange range = HistoryRange.between(
                TimeProperty.OBSERVED_AT, 1_000 * (now - computation.over().toMillis()), 1_000 * now + 1);
        for (Entity entity : new BrokerCity(broker).ofType(computation.type())) {
            broker.scanHistory(Tenant.DEFAULT, entity.id(), series, range, numbers);
        }
        return numbers.result(computation.method());
    }
}
