package city.emona.vertical;

/** How one number is made of the values of many entities; entities without the value are left out, and counted as missing. */
public enum Aggregate {
    /** How many entities there are, or how many have a value in the figure's range. */
    COUNT,
    SUM,
    AVERAGE,
    MINIMUM,
    MAXIMUM
}
