/** Where each value comes from: which source, by which mapping of which package version, and when it was fetched. */
@NullMarked
package city.emona.vertical.provenance;

import org.jspecify.annotations.NullMarked;
