package city.emona.portal;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.Right;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.RollUp;
import city.emona.store.Series;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;
import city.emona.store.TimeProperty;
import city.emona.vertical.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The history of an entity as files: one line for each instance, as it was written. Deletions are no lines, nor are hours and days kept in sum. */
final class HistoryFiles {
    /** How many instances a file has at most. */
    static final int MOST = 150_000;

    static final String CSV = "text/csv; charset=utf-8";

    private static final String LANGUAGE = "lang";

    private final Desk desk;

    HistoryFiles(Desk desk) {
        this.desk = desk;
    }

    /** One line. */
    private record Line(String time, String attribute, String dataset, JsonNode value, String unit) {
        static final List<String> HEAD = List.of("time", "attribute", "dataset", "value", "unit");

        List<String> cells() {
            return List.of(time, attribute, dataset, CsvTable.text(value), unit);
        }

        ObjectNode json() {
            ObjectNode json = Json.object().put("time", time).put("attribute", attribute);
            if (!dataset.isEmpty()) {
                json.put("dataset", dataset);
            }
            json.set("value", value);
            return unit.isEmpty() ? json : json.put("unit", unit);
        }
    }

    Stream<Operation> operations() {
        return Stream.of(
                file("csv", this::csv)
                        .named("downloadHistoryAsCsv", "Download the history of an entity as CSV", "")
                        .answering(Answer.of(
                                200,
                                "A table in UTF-8 with the heads `time`, `attribute`, `dataset`, `value` and `unit`.",
                                "",
                                CSV)),
                file("json", this::json)
                        .named("downloadHistoryAsJson", "Download the history of an entity as JSON", "")
                        .answering(Answer.of(200, "The instances.", "HistoryFile", "application/json")));
    }

    private static Operation file(String ending, city.emona.http.Handler handler) {
        return Operation.get("/e/{id}/history." + ending, handler)
                .requiring(Right.DATA_READ)
                .in("Download history")
                .explained(
                        "One line for each instance, by attribute and time. The time is `observedAt` where an attribute was ever observed, and `modifiedAt` otherwise. The entity may have been deleted. A file has "
                                + String.format(Locale.ROOT, "%,d", MOST) + " instances at most.")
                .with(
                        Parameter.path("id", "The id of the entity.").withExample("urn:ngsi-ld:Bench:1"),
                        Parameter.text("attribute", "One attribute, by its short or expanded name; all without it."),
                        Parameter.text(
                                "from",
                                "The first moment: a time with its offset, or a day or a time of the city such as `2026-06-26` or `2026-06-26T14:05`."),
                        Parameter.text("to", "The time behind the last, in the same forms; a day is meant as a whole."),
                        Parameter.choice(
                                LANGUAGE,
                                Stream.of(Language.values()).map(Language::tag).toList(),
                                "The language in which is said what is wrong with a request; English without it."))
                .refusing(ProblemType.RESOURCE_NOT_FOUND, ProblemType.INVALID_REQUEST, ProblemType.TOO_MANY_RESULTS);
    }

    private Response csv(Request request) {
        Csv csv = new Csv();
        csv.line(Line.HEAD);
        lines(request).forEach(line -> csv.line(line.cells()));
        return attached(request, Response.of(200, CSV, csv.bytes()), "csv");
    }

    private Response json(Request request) {
        ArrayNode lines = Json.array();
        lines(request).forEach(line -> lines.add(line.json()));
        return attached(request, Response.json(200, Json.bytes(lines)), "json");
    }

    private static Response attached(Request request, Response response, String ending) {
        String id = request.parameter("id");
        String name = id.substring(id.lastIndexOf(':') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        String attribute = request.query()
                .find("attribute")
                .map(word -> "-" + UndeclaredView.localName(word).replaceAll("[^A-Za-z0-9._-]", "_"))
                .orElse("");
        return response.with(
                        "Content-Disposition",
                        "attachment; filename=\"" + name + attribute + "-history." + ending + "\"")
                .with("Cache-Control", "no-cache");
    }

    private List<Line> lines(Request request) {
        String id = request.parameter("id");
        Language language = language(request);
        Texts texts = Texts.of(language);
        KnownEntity known =
                desk.entities().findKnown(id).orElseThrow(() -> Problem.notFound(texts.text("history.wrong.gone", id)));
        HistoryCatalogue catalogue = new HistoryCatalogue(known, desk, Language.ENGLISH);
        Optional<Column> one = request.query()
                .find("attribute")
                .filter(word -> !word.isEmpty())
                .map(word -> catalogue.get(word, texts));
        List<String> attributes = one.map(column -> List.of(column.attribute()))
                .orElseGet(() -> catalogue.attributes().sorted().toList());
        long from = moment(request, "from", false).orElse(Long.MIN_VALUE + 1);
        long to = moment(request, "to", true).orElse(Long.MAX_VALUE);
        List<Line> lines = new ArrayList<>();
        for (String attribute : attributes) {
            TimeProperty time = catalogue
                    .subject(catalogue.find(attribute).orElseGet(() -> UndeclaredView.column(attribute)))
                    .time();
            HistoryRange range = HistoryRange.between(time, from, to);
            SeriesSelector selector = new SeriesSelector(Set.of(attribute), null);
            if (lines.size() + count(id, selector, range) > MOST) {
                throw new Problem(
                        ProblemType.TOO_MANY_RESULTS,
                        texts.text("history.wrong.tooMany", Format.of(language).number(MOST)),
                        texts.text("history.wrong.tooManyRemedy"));
            }
            String name = catalogue.columns().stream()
                    .filter(column -> column.attribute().equals(attribute))
                    .map(catalogue::word)
                    .findFirst()
                    .orElse(attribute);
            desk.entities().readHistory(id, selector, range).stream()
                    .sorted(Comparator.comparing(Series::datasetId))
                    .forEach(series -> series.points().stream()
                            .filter(point -> !point.isDeleted())
                            .forEach(point -> lines.add(line(name, series.datasetId(), point, time))));
        }
        return lines;
    }

    private static Language language(Request request) {
        return request.query().find(LANGUAGE).flatMap(Language::find).orElse(Language.ENGLISH);
    }

    private Optional<Long> moment(Request request, String name, boolean asEnd) {
        return request.query()
                .find(name)
                .filter(text -> !text.isEmpty())
                .map(text -> HistorySpan.micros(
                        HistorySpan.moment(name, text, asEnd, desk.site().zone(), Texts.of(language(request)))));
    }

    private static Line line(String attribute, String dataset, HistoryPoint point, TimeProperty time) {
        String unit = point.instance().unitCode();
        return new Line(
                HistorySpan.instant(point.micros(time)).toString(),
                attribute,
                dataset,
                point.instance().value(),
                unit == null ? "" : unit);
    }

    private long count(String id, SeriesSelector selector, HistoryRange range) {
        Counter counter = new Counter();
        desk.entities().scanHistory(id, selector, range, counter);
        return counter.count;
    }

    private static final class Counter implements SeriesScan {
        private long count;

        @Override
        public void begin(String attribute, String datasetId) {
            // all series count together
        }

        @Override
        public void numbers(long[] micros, double[] values, int from, int to) {
            count += to - from;
        }

        @Override
        public void rolledUp(RollUp rollUp) {
            // a file has instances only
        }

        @Override
        public void point(long micros, HistoryPoint point) {
            count++;
        }
    }
}
