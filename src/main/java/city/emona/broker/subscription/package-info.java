/**
 * Subscriptions: who is to be told of which changes of entities, in which form (ETSI GS CIM 009 clauses 5.8 and 7). Each commit is judged
 * against all of them while it is written, and what is to be told is written with it; how messages reach their endpoints is the business
 * of {@link city.emona.broker.delivery}.
 */
@NullMarked
package city.emona.broker.subscription;

import org.jspecify.annotations.NullMarked;
