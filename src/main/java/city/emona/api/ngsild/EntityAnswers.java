package city.emona.api.ngsild;

import city.emona.context.EntityTree;
import city.emona.context.EntityWriter;
import city.emona.context.Representation;
import city.emona.context.SpecificationVersion;
import city.emona.context.TermTable;
import city.emona.http.Response;
import city.emona.json.Json;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts entities into answers, mostly by joining bytes that are ready.
 *
 * @param geometryProperty the expanded name of the attribute that becomes a feature's geometry; empty for location
 * @param contextInLink whether GeoJSON carries its context in a Link header rather than in the body
 * @param contextAddress what a Link header names
 */
record EntityAnswers(
        Tenant tenant,
        TermTable terms,
        Representation representation,
        MediaType media,
        String geometryProperty,
        boolean contextInLink,
        String contextAddress) {
    private static final byte[] FEATURES =
            "{\"type\":\"FeatureCollection\",\"features\":[".getBytes(StandardCharsets.US_ASCII);

    /** The same, conforming to a version of the specification. */
    EntityAnswers inVersion(SpecificationVersion version) {
        return new EntityAnswers(
                tenant,
                terms,
                representation.withVersion(version),
                media,
                geometryProperty,
                contextInLink,
                contextAddress);
    }

    /** The answer with one entity. */
    Response one(StoredEntity entity) {
        return headed(media == MediaType.GEO_JSON ? feature(entity, !contextInLink) : object(entity));
    }

    /** The answer with one entity and those within it. */
    Response one(EntityTree tree) {
        return headed(
                media == MediaType.GEO_JSON
                        ? writer(representation).writeFeature(tree, geometryProperty, !contextInLink)
                        : part(tree, representation));
    }

    /** The answer with many entities. */
    Response many(List<StoredEntity> entities) {
        List<byte[]> parts = new ArrayList<>(entities.size());
        for (StoredEntity entity : entities) {
            parts.add(media == MediaType.GEO_JSON ? feature(entity, false) : object(entity));
        }
        return list(parts);
    }

    /** The answer with one object that is already written, without a context. */
    Response one(byte[] json) {
        return headed(media == MediaType.JSON_LD ? withContext(json) : json);
    }

    /** The answer with a list of objects that are already written, without a context. */
    Response objects(List<byte[]> all) {
        return list(
                media == MediaType.JSON_LD ? all.stream().map(this::withContext).toList() : all);
    }

    /** An entity and those within it, as an element of a list. */
    byte[] part(EntityTree tree, Representation shown) {
        return switch (media) {
            case JSON -> writer(shown).write(tree);
            case JSON_LD -> withContext(writer(shown).write(tree));
            case GEO_JSON -> writer(shown).writeFeature(tree, geometryProperty, false);
        };
    }

    /** The answer with a list of entities that are already written. */
    Response list(List<byte[]> parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length + 1;
        }
        byte[] open = media == MediaType.GEO_JSON ? FEATURES : new byte[] {'['};
        byte[] close = media == MediaType.GEO_JSON ? closeOfCollection() : new byte[] {']'};
        return headed(join(open, parts, close, size));
    }

    private byte[] closeOfCollection() {
        return contextInLink
                ? "]}".getBytes(StandardCharsets.US_ASCII)
                : ("],\"@context\":" + Json.text(terms.contextMember()) + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] open, List<byte[]> parts, byte[] close, int size) {
        byte[] joined = new byte[open.length + Math.max(0, size - 1) + close.length];
        System.arraycopy(open, 0, joined, 0, open.length);
        int at = open.length;
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                joined[at++] = ',';
            }
            byte[] part = parts.get(i);
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        System.arraycopy(close, 0, joined, at, close.length);
        return joined;
    }

    private byte[] object(StoredEntity entity) {
        byte[] json = entity.json(terms, representation);
        return media == MediaType.JSON_LD ? withContext(json) : json;
    }

    private byte[] withContext(byte[] json) {
        String member = (json.length > 2 ? "," : "") + "\"@context\":" + Json.text(terms.contextMember()) + "}";
        byte[] context = member.getBytes(StandardCharsets.UTF_8);
        byte[] joined = new byte[json.length - 1 + context.length];
        System.arraycopy(json, 0, joined, 0, json.length - 1);
        System.arraycopy(context, 0, joined, json.length - 1, context.length);
        return joined;
    }

    private byte[] feature(StoredEntity entity, boolean withContext) {
        return writer(representation).writeFeature(entity.entity(), geometryProperty, withContext);
    }

    private EntityWriter writer(Representation shown) {
        return new EntityWriter(terms, shown);
    }

    private Response headed(byte[] body) {
        Response response = Response.of(200, media.text(), body);
        if (media == MediaType.JSON || (media == MediaType.GEO_JSON && contextInLink)) {
            response = response.with("Link", ContextLink.format(contextAddress));
        }
        return withTenant(response, tenant);
    }

    /** The answer with the headers of the tenant, where it is not the default one, and of the snapshot, where it is one. */
    static Response withTenant(Response response, Tenant tenant) {
        Response named = tenant.isDefault() ? response : response.with("NGSILD-Tenant", tenant.name());
        return tenant.isSnapshot() ? named.with("NGSILD-Snapshot", tenant.snapshot()) : named;
    }
}
