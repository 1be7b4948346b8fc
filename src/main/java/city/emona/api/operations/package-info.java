/** What the operators of a city's platform ask and order over HTTP: how messages get to their endpoints, and what became of those that did not. */
@NullMarked
package city.emona.api.operations;

import org.jspecify.annotations.NullMarked;
