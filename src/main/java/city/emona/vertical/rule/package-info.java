/**
 * Rules and the alerts that they raise. Changes of the city's entities are followed behind the commits, judged by the rules of the
 * verticals, and what comes of it is an entity like all others, told by e-mail, HTTP and MQTT.
 */
@NullMarked
package city.emona.vertical.rule;

import org.jspecify.annotations.NullMarked;
