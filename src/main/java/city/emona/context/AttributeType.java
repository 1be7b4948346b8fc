package city.emona.context;

/** The kinds of attribute of ETSI GS CIM 009 clause 4.5, each with the member that carries its value. */
public enum AttributeType {
    PROPERTY(0, "Property", "value"),
    RELATIONSHIP(1, "Relationship", "object"),
    GEO_PROPERTY(2, "GeoProperty", "value"),
    LANGUAGE_PROPERTY(3, "LanguageProperty", "languageMap"),
    VOCAB_PROPERTY(4, "VocabProperty", "vocab"),
    LIST_PROPERTY(5, "ListProperty", "valueList"),
    LIST_RELATIONSHIP(6, "ListRelationship", "objectList"),
    JSON_PROPERTY(7, "JsonProperty", "json");

    private final int code;
    private final String term;
    private final String valueMember;

    AttributeType(int code, String term, String valueMember) {
        this.code = code;
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

    /** The member that carries many values in the simplified temporal representation (clause 4.5.9). */
    public String valuesMember() {
        return valueMember + "s";
    }

    /** Whether attributes of this type lead to other entities. */
    public boolean isLink() {
        return this == RELATIONSHIP || this == LIST_RELATIONSHIP;
    }

    /** The number that stands for the type on disk; it never changes. */
    int code() {
        return code;
    }

    /** The type of a number on disk. */
    static AttributeType ofCode(int code) {
        for (AttributeType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no attribute type has the code " + code);
    }
}
