/**
 * The one kind of failure that reaches a user: a {@link city.emona.problem.Problem} with a type, an HTTP status, a sentence that says
 * what is wrong and, where one exists, what to do about it. Everything else that is thrown is a defect of the program.
 */
@NullMarked
package city.emona.problem;

import org.jspecify.annotations.NullMarked;
