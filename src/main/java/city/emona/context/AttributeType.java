package city.emona.context;

/** The kinds of attribute of ETSI GS CIM 009 clause 4.5, each with the member that carries its value. */
public enum AttributeType {
    PROPERTY("Property", "value"),
    RELATIONSHIP("Relationship", "object"),
    GEO_PROPERTY("GeoProperty", "value"),
    LANGUAGE_PROPERTY("LanguageProperty", "languageMap"),
    VOCAB_PROPERTY("VocabProperty", "vocab"),
    LIST_PROPERTY("ListProperty", "valueList"),
    LIST_RELATIONSHIP("ListRelationship", "objectList"),
    JSON_PROPERTY("JsonProperty", "json");

    private final String term;
    private final String valueMember;

    AttributeType(String term, String valueMember) {
        this.term = term;
        this.valueMember = valueMember;
    }

    /** The name in JSON. */
    public String term() {
        return term;
    }

    /** The member that carries the value. */
    public String valueMember() {
        return valueMember;
    }
}
