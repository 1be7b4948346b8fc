package city.emona.context;

import city.emona.problem.Problem;

/** How much one entity may hold, however it grew; docs/api.md names the same numbers. */
final class Bounds {
    static final int MAX_TYPES = 100;
    static final int MAX_SCOPES = 100;
    static final int MAX_ATTRIBUTES = 1_000;
    static final int MAX_INSTANCES = 1_000;

    private Bounds() {}

    /**
     * Refuses more than is allowed.
     *
     * @param what is counted, as a plural
     * @throws Problem of type BadRequestData
     */
    static void require(int count, int most, String what) {
        if (count > most) {
            throw Problem.badRequestData(
                    "The entity would have " + count + " " + what + ", and " + most + " are allowed.",
                    "Divide it into several entities that are linked.");
        }
    }
}
