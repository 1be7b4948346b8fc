package city.emona.app.bench;

/** Queries entities by type. */
final class QueryByType {
    /** How many entities are asked for. */
    static final int LIMIT = 20;

    private QueryByType() {}

    static Work of(Fixture fixture, Endpoint endpoint) {
        byte[] request = endpoint.head("GET", "/ngsi-ld/v1/entities?type=" + fixture.type() + "&limit=" + LIMIT);
        return new SteadyQuery("a query", request, answer -> EntityCheck.findListFault(fixture, answer, LIMIT));
    }
}
