/**
 * Verticals: folders of declarations that bring one field of the city's life onto the platform. A vertical says what its entities are,
 * where they come from and how people see them; it contains no code.
 */
@NullMarked
package city.emona.vertical;

import org.jspecify.annotations.NullMarked;
