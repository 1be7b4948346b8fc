package city.emona.http;

import city.emona.problem.Problem;

/** Turns a problem into an answer, as the kind of client asks for it. */
@FunctionalInterface
public interface ProblemRenderer {
    /**
     * The answer for a problem.
     *
     * @param incident a number that the log also holds, for a defect of the program; otherwise an empty string
     */
    Response render(Request request, Problem problem, String incident);
}
