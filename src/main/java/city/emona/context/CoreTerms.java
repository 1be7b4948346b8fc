package city.emona.context;

import city.emona.json.Json;
import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The terms of the NGSI-LD core context (ETSI GS CIM 009 Annex B): those of version 1.9, and the few of 1.8 that it renamed. Every
 * version of the core context that a request names is answered with this one table, so no network is needed.
 */
final class CoreTerms {
    static final String NGSI_LD = "https://uri.etsi.org/ngsi-ld/";
    static final String DEFAULT_VOCABULARY = NGSI_LD + "default-context/";
    static final String GEO_JSON = "https://purl.org/geojson/vocab#";

    /** The address of the core context that answers name. */
    static final String URL = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld";

    private static final String PLAIN = """
            Attribute AttributeList ContextSourceIdentity ContextSourceNotification ContextSourceRegistration Date DateTime
            EntityMap EntityType EntityTypeInfo EntityTypeList ExecutionResultDetails GeoProperty JsonProperty LanguageProperty
            ListProperty ListRelationship Notification Property Relationship Snapshot SnapshotNotification Subscription
            TemporalProperty Time VocabProperty accept aggrMethods aggrParams aggrPeriodDuration attributeCount
            attributeDetails attrs cacheDuration collation contextSourceAlias contextSourceInfo contextSourceUptime cooldown
            csf data detail endpoint entities entity entityCount entityIdSealed entityTypeSealed error errors expandValues format geoQ geoproperty georel
            idPattern information isActive join jsonKeys jsonldContext lang lastN linkedMaps localOnly location management
            managementInterval mode ngsildConformance notUpdated notification notificationTrigger notifierInfo
            observationInterval observationSpace omit operationSpace operations ordering pick q reason receiverInfo
            refreshRate registrationId registrationName resultStatus scope scopeQ showChanges snapshotId snapshotLifetime
            snapshotPriority snapshotStatus status subscriptionName sysAttrs temporalQ throttling timeInterval timeout
            timeproperty timerel timesFailed timesSent triggerReason unchanged unitCode updated uri""";

    private static final String NAMES = """
            attributeList attributeName attributeNames attributeTypes attributes propertyNames relationshipNames typeList
            typeName typeNames watchedAttributes""";

    private static final String DATE_TIMES = """
            contextSourceTimeAt createdAt deletedAt endAt endTimeAt expiresAt lastFailure lastNotification lastSuccess
            lastUsedAt modifiedAt notifiedAt observedAt startAt timeAt""";

    private static final String URIS = "datasetId entityId instanceId subscriptionId success tenant";

    private static final String LISTS = """
            avg distinctCount entityList jsons max min orderBy snapshotQueries snapshotQueriesDetails
            snapshotTemporalQueries snapshotTemporalQueriesDetails stddev sum sumsq totalCount""";

    private static final String GEO_JSON_TYPES = """
            Feature FeatureCollection GeometryCollection LineString MultiLineString MultiPoint MultiPolygon Point Polygon
            geometry properties""";

    /** Terms whose IRI has another name, with the coercion that the core context gives them. */
    private static final String RENAMED = """
            containedBy isContainedBy
            dataset hasDataset @index
            entityMap hasEntityMap @index
            entityMapLifetime hasEntityMapLifetime
            joinLevel hasJoinLevel
            json hasJSON @json
            key hasKey
            languageMap hasLanguageMap @language
            languageMaps hasLanguageMaps @list
            object hasObject @id
            objectList hasObjectList @list
            objectLists hasObjectLists @list
            objectType hasObjectType @vocab
            objects hasObjects @list
            objectsLists hasObjectsLists @list
            previousJson hasPreviousJson @json
            previousLanguageMap hasPreviousLanguageMap @language
            previousObject hasPreviousObject @id
            previousObjectList hasPreviousObjectList @list
            previousValue hasPreviousValue
            previousValueList hasPreviousValueList @list
            previousVocab hasPreviousVocab @vocab
            splitEntities hasSplitEntities
            value hasValue
            valueList hasValueList @list
            valueLists hasValueLists @list
            valueType hasValueType @vocab
            values hasValues @list
            vocab hasVocab @vocab
            vocabs hasVocabs @list""";

    /** The document of the core context, as it is served. */
    static final ObjectNode DOCUMENT = document();

    /** Members of an attribute, of which none can be the name of an attribute (clause 4.5.2). */
    static final Set<String> NOT_REIFIED = Set.of(
            "value",
            "object",
            "languageMap",
            "json",
            "valueList",
            "objectList",
            "unitCode",
            "observedAt",
            "datasetId",
            "instanceId",
            "objectType",
            "valueType",
            "lang",
            "previousValue",
            "previousObject",
            "previousLanguageMap",
            "previousVocab",
            "previousJson",
            "previousValueList",
            "previousObjectList",
            "entityIdSealed",
            "entityTypeSealed",
            "id",
            "type",
            "@value",
            "@graph",
            "@list",
            "@set");

    private CoreTerms() {}

    private static final Pattern CORE_URL = Pattern.compile(
            "https?://uri\\.etsi\\.org/ngsi-ld/(v1/|primer/)?ngsi-ld-core-context(-v1\\.\\d+(\\.\\d+)?)?\\.jsonld");

    /** Whether an address names a version of the core context. */
    static boolean isCore(String url) {
        return CORE_URL.matcher(url).matches();
    }

    private static ObjectNode document() {
        ObjectNode context = Json.object();
        context.put("@version", new BigDecimal("1.1"));
        context.put("@protected", true);
        context.put("ngsi-ld", NGSI_LD);
        context.put("geojson", GEO_JSON);
        context.put("id", "@id");
        context.put("type", "@type");
        words(PLAIN, term -> context.put(term, "ngsi-ld:" + term));
        words(GEO_JSON_TYPES, term -> context.put(term, "geojson:" + term));
        words(NAMES, term -> define(context, term, "ngsi-ld:" + term, "@type", "@vocab"));
        words(DATE_TIMES, term -> define(context, term, "ngsi-ld:" + term, "@type", "DateTime"));
        words(URIS, term -> define(context, term, "ngsi-ld:" + term, "@type", "@id"));
        words(LISTS, term -> define(context, term, "ngsi-ld:" + term, "@container", "@list"));
        RENAMED.lines().forEach(line -> renamed(context, line.split(" ")));
        define(context, "bbox", "geojson:bbox", "@container", "@list");
        define(context, "coordinates", "geojson:coordinates", "@container", "@list");
        define(context, "features", "geojson:features", "@container", "@set");
        define(context, "contextSourceExtras", "ngsi-ld:contextSourceExtras", "@type", "@json");
        define(context, "problemDetails", "ngsi-ld:problemDetails", "@type", "@json");
        context.put("ngsildproof", "ngsi-ld:ngsildproof");
        context.put("description", "http://purl.org/dc/terms/description");
        context.put("title", "http://purl.org/dc/terms/title");
        context.put("langString", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString");
        context.put("@vocab", DEFAULT_VOCABULARY);
        ObjectNode document = Json.object();
        document.set("@context", context);
        return document;
    }

    private static void renamed(ObjectNode context, String[] parts) {
        String iri = "ngsi-ld:" + parts[1];
        if (parts.length == 2) {
            context.put(parts[0], iri);
        } else {
            boolean container = Set.of("@list", "@index", "@language").contains(parts[2]);
            define(context, parts[0], iri, container ? "@container" : "@type", parts[2]);
        }
    }

    private static void define(ObjectNode context, String term, String iri, String keyword, String value) {
        context.putObject(term).put("@id", iri).put(keyword, value);
    }

    private static void words(String text, Consumer<String> use) {
        for (String word : text.split("\\s+")) {
            use.accept(word);
        }
    }
}
