package city.emona.portal;

import city.emona.context.Entity;
import city.emona.geo.Earth;
import city.emona.http.Request;
import city.emona.portal.Charts.Shown;
import city.emona.portal.HistorySpan.Preset;
import city.emona.portal.HistoryView.Choice;
import city.emona.portal.HistoryView.Group;
import city.emona.portal.HistoryView.Range;
import city.emona.portal.HistoryView.Source;
import city.emona.problem.Problem;
import city.emona.store.TimeProperty;
import city.emona.vertical.Column;
import city.emona.vertical.Verticals;
import java.text.Collator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the part of an entity's page that shows its history, as the address asks for it. */
final class HistorySection {
    /** Of how many other entities a comparison is offered; the address can name any. */
    private static final int MOST_OTHERS = 40;

    private final Desk desk;
    private final Request request;
    private final Language language;
    private final Texts texts;
    private final Instant now;
    private final HistoryCatalogue own;
    private HistorySpan span;

    /** @throws Problem of type InvalidRequest when the address asks for what is no span of time */
    HistorySection(Desk desk, Request request, Language language, KnownEntity known) {
        this.desk = desk;
        this.request = request;
        this.language = language;
        this.texts = Texts.of(language);
        this.now = desk.now();
        this.own = new HistoryCatalogue(known, desk, language);
        this.span = HistorySpan.read(
                request.query(), known.findDeletion().orElse(now), desk.site().zone(), texts);
    }

    private boolean asksForNoTime() {
        return Stream.of("range", "from", "to").allMatch(name -> parameter(name).isEmpty());
    }

    /** Whether a series began within the last hour, and would be hard to see on a whole day. */
    private boolean isYoung(HistorySubject subject) {
        HistorySpan hour = HistorySpan.of(Preset.HOUR, span.to(), span.zone());
        SeriesReader reader = new SeriesReader(desk.entities(), hour, now);
        return reader.last(subject).isPresent() && reader.lastBefore(subject).isEmpty();
    }

    private Optional<String> parameter(String name) {
        return request.query().find(name).filter(text -> !text.isBlank());
    }

    /**
     * The section; empty for an entity without attributes.
     *
     * @throws Problem of type InvalidRequest when the address asks for what there is not
     */
    Optional<HistoryView> view() {
        Optional<Column> chosen =
                parameter("attribute").map(word -> own.get(word, texts)).or(own::first);
        return chosen.map(column -> {
            List<String> datasets = own.datasets(column);
            HistorySubject subject = parameter("dataset")
                    .map(dataset -> own.subject(column, dataset))
                    .orElseGet(() -> own.subject(column));
            return view(subject, datasets);
        });
    }

    private HistoryView view(HistorySubject subject, List<String> datasets) {
        if (asksForNoTime() && isYoung(subject)) {
            span = HistorySpan.of(Preset.HOUR, span.to(), span.zone());
        }
        Optional<HistorySubject> other = parameter("compare").map(word -> compared(subject, word));
        List<HistorySubject> subjects = new ArrayList<>(List.of(subject));
        other.ifPresent(subjects::add);
        SeriesReader reader = new SeriesReader(desk.entities(), span, now);
        List<SeriesReader.Read> read = subjects.stream().map(reader::read).toList();
        boolean asMeans = read.stream().anyMatch(one -> one.gatherer().isMany());
        List<Shown> shown = read.stream()
                .map(one -> new Shown(one, reader.trace(one, asMeans), label(one.subject(), subjects)))
                .toList();
        HistoryWords words = new HistoryWords(span.time(language));
        List<String> sentences = shown.stream().map(words::sentence).toList();
        Charts charts = new Charts(span, language, now);
        boolean isEmpty = shown.stream().allMatch(one -> one.trace() instanceof Trace.Nothing);
        return new HistoryView(
                EntityAddress.href(language, own.known().id()) + "#history",
                attributes(subject),
                datasets.size() < 2 ? List.of() : datasets(datasets, subject.dataset()),
                comparisons(subject, other),
                ranges(),
                span.preset() == null ? "" : span.preset().code(),
                span.preset() == null ? span.firstDay().toString() : "",
                span.preset() == null ? span.lastDay().toString() : "",
                period(),
                isEmpty ? List.of() : sentences,
                words.notes(shown, reader.width(), charts),
                charts.chart(shown, String.join(" ", sentences)),
                isEmpty ? Optional.empty() : Optional.of(HistoryTable.of(shown, reader, language)),
                isEmpty ? elsewhere(reader, subject) : Optional.empty(),
                subjects.stream().map(this::source).distinct().toList(),
                subjects.stream().flatMap(one -> downloads(one).stream()).toList(),
                subjects.stream().map(this::command).toList());
    }

    /** What tells two series apart: the entity, or the attribute; nothing where there is one. */
    private String label(HistorySubject subject, List<HistorySubject> all) {
        if (all.size() < 2) {
            return "";
        }
        return all.get(0).known().id().equals(all.get(1).known().id())
                ? language.pick(subject.column().title())
                : subject.entityName();
    }

    private HistorySubject compared(HistorySubject subject, String word) {
        Optional<Column> column = own.find(word);
        if (column.isPresent()) {
            return own.subject(column.get());
        }
        KnownEntity other = desk.entities()
                .findKnown(word)
                .filter(known -> known.entity().types().stream()
                        .anyMatch(subject.known().entity().types()::contains))
                .orElseThrow(() -> Problem.invalidRequest(
                        texts.text("history.wrong.compare", word),
                        texts.text("history.wrong.compareRemedy", String.join(", ", own.words()))));
        HistoryCatalogue others = new HistoryCatalogue(other, desk, language);
        return others.subject(others.find(subject.column().attribute()).orElse(subject.column()));
    }

    private List<Choice> attributes(HistorySubject shown) {
        List<Choice> choices = new ArrayList<>();
        for (Column column : own.columns()) {
            boolean isShown = column.attribute().equals(shown.column().attribute());
            choices.add(new Choice(own.word(column), language.pick(column.title()), isShown));
        }
        if (choices.stream().noneMatch(Choice::isChosen)) {
            choices.add(new Choice(
                    shown.column().attribute(), language.pick(shown.column().title()), true));
        }
        return choices;
    }

    private List<Choice> datasets(List<String> datasets, String shown) {
        return datasets.stream()
                .map(dataset -> new Choice(
                        dataset,
                        dataset.isEmpty()
                                ? texts.text("history.mainDataset")
                                : dataset.substring(dataset.lastIndexOf(':') + 1),
                        dataset.equals(shown)))
                .toList();
    }

    private List<Group> comparisons(HistorySubject shown, Optional<HistorySubject> other) {
        if (!shown.isComparable() && other.isEmpty()) {
            return List.of();
        }
        String chosen = parameter("compare").orElse("");
        List<Group> groups = new ArrayList<>();
        List<Choice> here = own.comparable().stream()
                .map(HistorySubject::column)
                .filter(column -> !column.attribute().equals(shown.column().attribute()))
                .map(column -> new Choice(
                        own.word(column),
                        language.pick(column.title()),
                        chosen.equals(own.word(column)) || chosen.equals(column.attribute())))
                .toList();
        if (!here.isEmpty()) {
            groups.add(new Group(texts.text("history.compare.here"), here));
        }
        List<Choice> elsewhere = others(shown).stream()
                .map(entity -> new Choice(entity.id(), shown.readings().name(entity), chosen.equals(entity.id())))
                .toList();
        if (!elsewhere.isEmpty()) {
            groups.add(new Group(texts.text("history.compare.there"), elsewhere));
        }
        return groups;
    }

    /** The nearest others of the same type that have the attribute, by name; the one that is compared with is always among them. */
    private List<Entity> others(HistorySubject shown) {
        Entity entity = shown.known().entity();
        String chosen = parameter("compare").orElse("");
        Optional<double[]> place = EntityReadings.place(entity);
        return desk.entities().ofType(entity.types().getFirst()).stream()
                .filter(other -> !other.id().equals(entity.id()))
                .filter(other -> other.findAttribute(shown.column().attribute()).isPresent())
                .sorted(Comparator.comparing((Entity other) -> !other.id().equals(chosen))
                        .thenComparingDouble(other ->
                                place.map(here -> distance(here, other)).orElse(0.0)))
                .limit(MOST_OTHERS)
                .sorted(Comparator.comparing(shown.readings()::name, Collator.getInstance(language.locale())))
                .toList();
    }

    private static double distance(double[] here, Entity other) {
        return EntityReadings.place(other)
                .map(there -> Earth.distanceMeters(here[0], here[1], there[0], there[1]))
                .orElse(Double.MAX_VALUE);
    }

    private List<Range> ranges() {
        List<Range> ranges = new ArrayList<>();
        for (Preset preset : Preset.values()) {
            Map<String, String> query = kept();
            query.put("range", preset.code());
            ranges.add(new Range(href(query), texts.text("history.range." + preset.code()), preset == span.preset()));
        }
        return ranges;
    }

    /** What the address keeps when the span changes. */
    private Map<String, String> kept() {
        Map<String, String> query = new LinkedHashMap<>();
        for (String name : List.of("attribute", "dataset", "compare")) {
            parameter(name).ifPresent(value -> query.put(name, value));
        }
        return query;
    }

    private String href(Map<String, String> query) {
        return EntityAddress.href(language, own.known().id()) + "?" + EntityAddress.query(query) + "#history";
    }

    /** The address of the page as it is shown, without the language. */
    String path() {
        Map<String, String> query = kept();
        for (String name : List.of("range", "from", "to")) {
            parameter(name).ifPresent(value -> query.put(name, value));
        }
        String path = EntityAddress.path(own.known().id());
        return query.isEmpty() ? path : path + "?" + EntityAddress.query(query);
    }

    private String period() {
        Format format = Format.of(language);
        CityTime time = span.time(language);
        if (span.preset() == null) {
            return span.firstDay().equals(span.lastDay())
                    ? format.date(span.firstDay())
                    : texts.text("history.period", format.date(span.firstDay()), format.date(span.lastDay()));
        }
        return texts.text("history.period", time.dateTime(span.from()), time.dateTime(span.to()));
    }

    private Optional<Link> elsewhere(SeriesReader reader, HistorySubject subject) {
        return reader.last(subject).map(said -> {
            Instant at = HistorySpan.instant(said.at());
            String day = at.atZone(span.zone()).toLocalDate().toString();
            Map<String, String> query = kept();
            query.put("from", day);
            query.put("to", day);
            return new Link(
                    href(query),
                    texts.text("history.elsewhere", span.time(language).dateTime(at)));
        });
    }

    private Source source(HistorySubject subject) {
        Entity entity = subject.known().entity();
        return new Source(subject.readings().provider(entity), EntityReadings.isDemo(entity));
    }

    private List<Link> downloads(HistorySubject subject) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("attribute", subject.column().attribute());
        query.put("from", span.from().toString());
        query.put("to", span.to().toString());
        query.put("lang", language.tag());
        String title = language.pick(subject.column().title());
        String what = subject.known().id().equals(own.known().id()) ? title : title + ", " + subject.entityName();
        String file = EntityAddress.path(subject.known().id()) + "/history";
        return List.of(
                new Link(file + ".csv?" + EntityAddress.query(query), texts.text("history.csv", what)),
                new Link(file + ".json?" + EntityAddress.query(query), texts.text("history.json", what)));
    }

    private VerticalPage.Command command(HistorySubject subject) {
        String base = VerticalPages.baseAddress(request);
        Map<String, String> query = new LinkedHashMap<>();
        query.put(
                "attrs",
                subject.isDeclared()
                        ? subject.column().term()
                        : subject.column().attribute());
        if (subject.time() == TimeProperty.MODIFIED_AT) {
            query.put("timeproperty", "modifiedAt");
        }
        query.put("timerel", "between");
        query.put("timeAt", span.from().toString());
        query.put("endTimeAt", span.to().toString());
        query.put("format", "temporalValues");
        String command = "curl '" + base + "/ngsi-ld/v1/temporal/entities/"
                + EntityAddress.encoded(subject.known().id()) + "?" + EntityAddress.query(query) + "' \\\n  -H 'Link: <"
                + base + Verticals.CITY_CONTEXT_PATH
                + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"'";
        return new VerticalPage.Command(language.pick(subject.column().title()), command);
    }
}
