package city.emona.store;

import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;

/** Entities for the tests of stores. */
public final class Samples {
    private Samples() {}

    /** An entity with one number. */
    public static Entity entity(String id, String type, int number) {
        return EntityReader.read(Json.parse("""
                        {"id": "%s", "type": "%s", "n": %d, "name": {"languageMap": {"sl": "Čaj", "en": "Tea"}}}""".formatted(id, type, number)), TermTable.core(), 1_700_000_000_000L);
    }

    /** The number of an entity made by {@link #entity}. */
    public static int number(StoredEntity entity) {
        return entity.entity()
                .findValue(TermTable.core().expand("n"))
                .orElseThrow()
                .intValue();
    }
}
