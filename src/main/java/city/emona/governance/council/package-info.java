/**
 * The city council's register: the initiatives and questions of councillors and the city's answers. Reads answer letters as the city
 * writes them and turns them into linked entities.
 */
@NullMarked
package city.emona.governance.council;

import org.jspecify.annotations.NullMarked;
