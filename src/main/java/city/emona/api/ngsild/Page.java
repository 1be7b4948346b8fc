package city.emona.api.ngsild;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityQuery;

/**
 * Which page of a list a client asks for (clause 6.3.10).
 *
 * @param limit how many elements at most; 0 only to count
 * @param offset how many to pass over first
 * @param count whether to count all
 */
record Page(int limit, int offset, boolean count) {
    /**
     * Reads limit, offset and count.
     *
     * @throws Problem of type BadRequestData or TooManyResults
     */
    static Page read(ApiRequest request) {
        boolean count = request.flag("count");
        int limit = request.number("limit", EntityQuery.DEFAULT_LIMIT);
        int offset = request.number("offset", 0);
        if (limit == 0 && !count) {
            throw Problem.badRequestData("The limit is 0, and no count was asked for.", "Ask for count=true too.");
        }
        if (limit > EntityQuery.MAX_LIMIT) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "The limit " + limit + " is above " + EntityQuery.MAX_LIMIT + ".",
                    "Ask for pages, with limit and offset.");
        }
        return new Page(limit, offset, count);
    }
}
