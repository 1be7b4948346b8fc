package city.emona.vertical.indicator;

import city.emona.json.Json;
import city.emona.vertical.PlatformTerms;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The names with which indicators speak: terms of the Smart Data Models where they have them, and the platform's own. */
public final class IndicatorTerms {
    private static final String MODELS = "https://smartdatamodels.org/";
    private static final String INDICATORS = MODELS + "dataModel.KeyPerformanceIndicator/";

    public static final String INDICATOR = INDICATORS + "KeyPerformanceIndicator";
    public static final String VALUE = INDICATORS + "kpiValue";

    /** {@code good}, {@code fair} or {@code bad}. */
    public static final String STANDING = INDICATORS + "currentStanding";

    /** {@code automatic} or {@code manual}. */
    public static final String METHOD = INDICATORS + "calculationMethod";

    public static final String NAME = MODELS + "name";

    /** A term of Dublin Core, which the core context has. */
    public static final String DESCRIPTION = "http://purl.org/dc/terms/description";

    public static final String VERTICAL = PlatformTerms.NAMESPACE + "vertical";

    /** {@code onTrack}, {@code atRisk}, {@code late} or {@code unknown}. */
    public static final String STATUS = PlatformTerms.NAMESPACE + "indicatorStatus";

    /** Why, in both languages. */
    public static final String REASON = PlatformTerms.NAMESPACE + "statusReason";

    /** A relationship to the measure of the strategy that the indicator serves. */
    public static final String MEASURE = PlatformTerms.NAMESPACE + "servesMeasure";

    public static final String READ_BY = PlatformTerms.NAMESPACE + "readBy";
    public static final String NOTE = PlatformTerms.NAMESPACE + "readingNote";

    private static final List<String> ALL = List.of(
            INDICATOR, VALUE, STANDING, METHOD, NAME, DESCRIPTION, VERTICAL, STATUS, REASON, MEASURE, READ_BY, NOTE);

    private IndicatorTerms() {}

    /** The terms, as what stands under {@code @context}. */
    public static ObjectNode context() {
        ObjectNode context = Json.object();
        ALL.forEach(name -> context.put(name.substring(name.lastIndexOf('/') + 1), name));
        return context;
    }

    /** The id of an indicator's entity. */
    public static String id(String vertical, String indicator) {
        return "urn:ngsi-ld:KeyPerformanceIndicator:" + vertical + ":" + indicator;
    }
}
