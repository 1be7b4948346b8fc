package city.emona.store;

/**
 * What is kept of the instances of an hour or a day when they themselves are no longer kept.
 *
 * @param from when the hour or day begins, in epoch microseconds
 * @param to when it ends
 * @param instances how many there were
 * @param numbers how many of them were properties with a number, to which all that follows applies
 * @param sum of the numbers
 * @param sumOfSquares of the numbers
 * @param least the smallest number; positive infinity where there is none
 * @param most the greatest number; negative infinity where there is none
 */
public record RollUp(
        long from, long to, long instances, long numbers, double sum, double sumOfSquares, double least, double most) {
    /** Of no instance. */
    public static RollUp empty(long from, long to) {
        return new RollUp(from, to, 0, 0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** With one more instance that is no number. */
    public RollUp withOther() {
        return new RollUp(from, to, instances + 1, numbers, sum, sumOfSquares, least, most);
    }

    /** With one more number. */
    public RollUp with(double number) {
        return new RollUp(
                from,
                to,
                instances + 1,
                numbers + 1,
                sum + number,
                sumOfSquares + number * number,
                Math.min(least, number),
                Math.max(most, number));
    }

    /** Of the instances of both; the time stays that of this one. */
    public RollUp with(RollUp other) {
        return new RollUp(
                from,
                to,
                instances + other.instances,
                numbers + other.numbers,
                sum + other.sum,
                sumOfSquares + other.sumOfSquares,
                Math.min(least, other.least),
                Math.max(most, other.most));
    }
}
