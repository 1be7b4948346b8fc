package city.emona.vertical.rule;

import city.emona.json.Json;
import city.emona.vertical.PlatformTerms;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The names with which alerts speak: terms of the Smart Data Models where they have them, and the platform's own. */
public final class AlertTerms {
    private static final String MODELS = "https://smartdatamodels.org/";
    private static final String ALERTS = MODELS + "dataModel.Alert/";

    public static final String ALERT = ALERTS + "Alert";
    public static final String CATEGORY = ALERTS + "category";
    public static final String SUB_CATEGORY = ALERTS + "subCategory";
    public static final String SEVERITY = ALERTS + "severity";

    /** A relationship to the entity that the alert is about. */
    public static final String SOURCE = ALERTS + "alertSource";

    /** What was measured, and against what. */
    public static final String DATA = PlatformTerms.NAMESPACE + "evidence";

    public static final String DATE_ISSUED = MODELS + "dateIssued";

    /** Since when the rule's tests held. */
    public static final String VALID_FROM = MODELS + "validFrom";

    /** When it was over. */
    public static final String VALID_TO = MODELS + "validTo";

    public static final String NAME = MODELS + "name";

    /** A term of Dublin Core, which the core context has. */
    public static final String DESCRIPTION = "http://purl.org/dc/terms/description";

    /** {@code raised}, {@code acknowledged} or {@code cleared}. */
    public static final String STATE = PlatformTerms.NAMESPACE + "alertState";

    public static final String VERTICAL = PlatformTerms.NAMESPACE + "vertical";
    public static final String RULE = PlatformTerms.NAMESPACE + "rule";
    public static final String ACKNOWLEDGED_AT = PlatformTerms.NAMESPACE + "acknowledgedAt";
    public static final String ACKNOWLEDGED_BY = PlatformTerms.NAMESPACE + "acknowledgedBy";
    public static final String NOTE = PlatformTerms.NAMESPACE + "acknowledgementNote";

    /** Why it is over, in both languages. */
    public static final String CLEARED_BECAUSE = PlatformTerms.NAMESPACE + "clearedBecause";

    /** Where an entity lies. */
    static final String LOCATION = "https://uri.etsi.org/ngsi-ld/location";

    private static final List<String> ALL = List.of(
            ALERT,
            CATEGORY,
            SUB_CATEGORY,
            SEVERITY,
            SOURCE,
            DATA,
            DATE_ISSUED,
            VALID_FROM,
            VALID_TO,
            NAME,
            DESCRIPTION,
            STATE,
            VERTICAL,
            RULE,
            ACKNOWLEDGED_AT,
            ACKNOWLEDGED_BY,
            NOTE,
            CLEARED_BECAUSE);

    private AlertTerms() {}

    /** The terms, as what stands under {@code @context}. */
    public static ObjectNode context() {
        ObjectNode context = Json.object();
        ALL.forEach(name -> context.put(name.substring(name.lastIndexOf('/') + 1), name));
        return context;
    }
}
