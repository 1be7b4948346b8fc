/**
 * What programs can ask of the server, as data: an {@link city.emona.http.operation.Operation} is routed, its parameters are checked, and
 * it is described to clients from one and the same value, so that the description cannot differ from what is offered. The names are those
 * of OpenAPI 3.1.
 */
@NullMarked
package city.emona.http.operation;

import org.jspecify.annotations.NullMarked;
