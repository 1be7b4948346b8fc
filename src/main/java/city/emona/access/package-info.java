/**
 * Who may do what: accounts of people and keys of programs, what proves that a request comes from them, and one decision for all that is
 * asked of the server. All of it is kept as documents of the store, without anything from which a secret could be learned.
 */
@NullMarked
package city.emona.access;

import org.jspecify.annotations.NullMarked;
