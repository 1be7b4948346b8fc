/**
 * The description of everything that programs can ask of the server, as an OpenAPI 3.1 document. It is made from the operations that are
 * routed, and from one file of data types.
 */
@NullMarked
package city.emona.api.openapi;

import org.jspecify.annotations.NullMarked;
