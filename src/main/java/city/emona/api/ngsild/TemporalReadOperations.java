package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.EntityMap;
import city.emona.broker.EntityMaps;
import city.emona.broker.temporal.AggregatedEvolution;
import city.emona.broker.temporal.Evolution;
import city.emona.broker.temporal.Evolutions;
import city.emona.broker.temporal.HistoryPage;
import city.emona.broker.temporal.HistoryQuery;
import city.emona.broker.temporal.TemporalQuery;
import city.emona.broker.temporal.TemporalReads;
import city.emona.context.Projection;
import city.emona.context.Representation;
import city.emona.context.SpecificationVersion;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Operation;
import city.emona.problem.Problem;
import city.emona.store.HistoryHeader;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Retrieve and Query Temporal Evolution (clauses 5.7.3, 5.7.4, 6.18.3.2, 6.19.3.1 and 6.24.3.1), and entity maps of it (6.35). */
final class TemporalReadOperations {
    private static final List<MediaType> OFFERED = List.of(MediaType.JSON, MediaType.JSON_LD);
    private static final String BY_POST = NgsiLdApi.ROOT + "/temporal/entityOperations/query";
    private static final String ENTITY_MAPS = NgsiLdApi.ROOT + "/temporal/entityMaps";

    private final Broker broker;
    private final TemporalReads reads;
    private final ContextLibrary library;

    TemporalReadOperations(Broker broker, TemporalReads reads, ContextLibrary library) {
        this.broker = broker;
        this.reads = reads;
        this.library = library;
    }

    Stream<Operation> operations() {
        return Stream.of(
                TemporalDescriptions.query(Operation.get(NgsiLdApi.HISTORIES, this::query)),
                TemporalDescriptions.queryByPost(Operation.post(BY_POST, this::queryByPost)),
                TemporalDescriptions.retrieve(Operation.get(NgsiLdApi.HISTORY, this::retrieve)),
                TemporalDescriptions.createMap(Operation.get(ENTITY_MAPS, this::createMap)),
                TemporalDescriptions.createMapByPost(Operation.post(ENTITY_MAPS, this::createMapByPost)));
    }

    private ApiRequest request(Request http) {
        return new ApiRequest(http, library.contexts());
    }

    Response retrieve(Request http) {
        TemporalRequest asked = TemporalRequest.ofAddress(request(http));
        EntityMapUse maps = EntityMapUse.read(asked.request());
        Tenant tenant = asked.request().tenant();
        EntityAnswers answers = answers(asked, tenant);
        String id = EntityWrites.entityId(http);
        HistoryHeader entity = reads.get(tenant, id);
        Response response =
                switch (asked.form()) {
                    case TemporalForm.Aggregated(var aggregation) -> {
                        AggregatedEvolution evolution =
                                reads.aggregate(tenant, entity, asked.choice(), asked.temporal(), aggregation);
                        requireShown(asked, id, evolution.series().isEmpty());
                        yield amended(asked, shown -> answers.one(new TemporalWriter(shown).write(evolution)));
                    }
                    case TemporalForm.Instances _, TemporalForm.Values _ -> {
                        Evolutions found = reads.read(tenant, entity, asked.choice(), asked.temporal());
                        Evolution evolution = found.entities().getFirst();
                        requireShown(asked, id, isEmpty(asked, evolution));
                        yield cut(
                                amended(asked, shown -> answers.one(new TemporalWriter(shown).write(evolution))),
                                asked,
                                found.cut());
                    }
                };
        return maps.wanted()
                ? EntityMapUse.addTo(response, mapOf(tenant, id, maps).id())
                : response;
    }

    /** Whether no attribute is left; scopes count only where they were picked alone. */
    private static boolean isEmpty(TemporalRequest asked, Evolution evolution) {
        Set<String> pick = asked.representation().projection().pick();
        boolean scopesCount = pick == null || Projection.IDENTITY.containsAll(pick);
        return evolution.attributes().stream()
                .allMatch(history -> !scopesCount && history.attribute().equals(SeriesSelector.SCOPE));
    }

    private EntityMap mapOf(Tenant tenant, String id, EntityMapUse maps) {
        return maps.id()
                .flatMap(named -> broker.entityMaps().find(tenant, named))
                .orElseGet(() -> broker.entityMaps().create(tenant, List.of(id), maps.lifetime()));
    }

    /** Clause 5.7.3.4: without an instance that was asked for, there is nothing to retrieve. */
    private static void requireShown(TemporalRequest asked, String id, boolean empty) {
        Projection projection = asked.representation().projection();
        Set<String> pick = projection.pick();
        boolean attributesPicked = pick != null && !Projection.IDENTITY.containsAll(pick);
        boolean identityShown = projection.shows("id") || projection.shows("type");
        boolean restricted =
                asked.temporal().relation() != null || asked.temporal().property() != null;
        boolean attributesMeant = pick == null || attributesPicked;
        if (empty && (attributesPicked || !identityShown || (restricted && attributesMeant))) {
            throw Problem.notFound("The history of the entity " + id + " has nothing of what was asked for.");
        }
    }

    Response query(Request http) {
        return query(TemporalRequest.queryOfAddress(request(http)), NgsiLdApi.HISTORIES);
    }

    Response queryByPost(Request http) {
        return query(TemporalRequest.queryOfBody(request(http)), BY_POST);
    }

    private Response query(TemporalRequest.OfMany many, String resource) {
        TemporalRequest asked = many.asked();
        HistoryQuery query = many.query();
        ApiRequest request = asked.request();
        Tenant tenant = request.tenant();
        EntityMapUse maps = EntityMapUse.read(request);
        EntityAnswers answers = answers(asked, tenant);
        Optional<EntityMap> known = maps.id().flatMap(id -> broker.entityMaps().find(tenant, id));
        Optional<EntityMap> map =
                maps.wanted() ? known.or(() -> Optional.of(newMap(tenant, query, maps))) : Optional.empty();
        HistoryPage page =
                map.map(used -> reads.query(tenant, query, used)).orElseGet(() -> reads.query(tenant, query));
        Response response =
                switch (asked.form()) {
                    case TemporalForm.Aggregated(var aggregation) -> {
                        List<AggregatedEvolution> found =
                                reads.aggregate(tenant, page, asked.choice(), query, aggregation);
                        yield amended(
                                asked,
                                shown -> answers.objects(found.stream()
                                        .map(new TemporalWriter(shown)::write)
                                        .toList()));
                    }
                    case TemporalForm.Instances _, TemporalForm.Values _ -> {
                        Evolutions found = reads.read(tenant, page, asked.choice(), query);
                        yield cut(
                                amended(
                                        asked,
                                        shown -> answers.objects(found.entities().stream()
                                                .map(new TemporalWriter(shown)::write)
                                                .toList())),
                                asked,
                                found.cut());
                    }
                };
        if (query.count()) {
            response = response.with("NGSILD-Results-Count", Long.toString(page.total()));
        }
        response = new PageLinks(resource, request.http().query(), answers.media())
                .addTo(response, query.limit(), query.offset(), page.more());
        if (map.isEmpty()) {
            return response;
        }
        boolean created = known.isEmpty() && response.status() != 206;
        return EntityMapUse.addTo(
                created ? response.withStatus(201) : response, map.get().id());
    }

    private EntityMap newMap(Tenant tenant, HistoryQuery query, EntityMapUse maps) {
        return broker.entityMaps()
                .create(tenant, reads.listIds(tenant, query, EntityMaps.MAX_ENTITIES + 1), maps.lifetime());
    }

    private Response createMap(Request http) {
        return createMap(TemporalRequest.queryOfAddress(request(http)));
    }

    private Response createMapByPost(Request http) {
        return createMap(TemporalRequest.queryOfBody(request(http)));
    }

    private Response createMap(TemporalRequest.OfMany many) {
        ApiRequest request = many.asked().request();
        DocumentAnswer answer = DocumentAnswer.of(request, many.asked().terms());
        EntityMap map = newMap(answer.tenant(), many.query(), EntityMapUse.read(request));
        return EntityMapUse.addTo(answer.object(map.toJson()).withStatus(201), map.id());
    }

    private EntityAnswers answers(TemporalRequest asked, Tenant tenant) {
        MediaType media = MediaType.negotiate(asked.request().http().headers().all("Accept"), OFFERED);
        return new EntityAnswers(
                tenant,
                asked.terms(),
                asked.representation(),
                media,
                "",
                false,
                media == MediaType.JSON
                        ? EntityReads.contextAddress(broker, library, asked.request(), tenant, asked.terms())
                        : "");
    }

    /** The answer, in the version of the specification that the client prefers; then its status says whether that changed it. */
    private static Response amended(TemporalRequest asked, Function<TemporalRequest, Response> write) {
        Optional<SpecificationVersion> version =
                Preferences.read(asked.request().http().headers().all("Prefer")).version();
        if (version.isEmpty()) {
            return write.apply(asked);
        }
        Representation older = asked.representation().withVersion(version.get());
        Response amended = write.apply(asked.with(older));
        boolean same = Arrays.equals(amended.body(), write.apply(asked).body());
        return amended.withStatus(same ? 200 : 203).with("Preference-Applied", "ngsi-ld=" + version.get());
    }

    /** The answer, which says where it was cut off (clause 6.3.10). */
    private static Response cut(Response response, TemporalRequest asked, Evolutions.@Nullable Extent cut) {
        if (cut == null) {
            return response;
        }
        TemporalQuery query = asked.temporal();
        boolean backwards = query.lastN() > 0;
        Optional<String> start = backwards
                ? asked.request()
                        .parameter(query.relation() == TemporalQuery.Relation.BETWEEN ? "endTimeAt" : "timeAt")
                        .filter(_ -> query.relation() != TemporalQuery.Relation.AFTER)
                : asked.request().parameter("timeAt").filter(_ -> query.relation() != TemporalQuery.Relation.BEFORE);
        String from = start.orElseGet(() -> Timestamps.formatMicros(backwards ? cut.newest() : cut.oldest()));
        String to = Timestamps.formatMicros(backwards ? cut.oldest() : cut.newest());
        String size = backwards ? Integer.toString(query.lastN()) : "*";
        return response.withStatus(206).with("Content-Range", "date-time " + from + "-" + to + "/" + size);
    }
}
