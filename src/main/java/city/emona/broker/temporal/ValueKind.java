package city.emona.broker.temporal;

/** The kinds of values that aggregation tells apart (clause 4.5.19.1, tables 1 to 3). */
enum ValueKind {
    /** A number, or a boolean as 1 or 0. */
    NUMBER,
    /** An array, of which the size counts. */
    ARRAY,
    /** A time of day. */
    TIME,
    DATE,
    DATE_TIME,
    /** Any other text, in lexicographical order. */
    TEXT,
    /** Objects, URIs and relationships, which can only be counted. */
    COUNTED
}
