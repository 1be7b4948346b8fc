/**
 * Configuration: settings that know their key, meaning and default, read from one YAML file. All errors are told at once, each with its
 * key and a remedy; an unknown key is an error.
 */
@NullMarked
package city.emona.config;

import org.jspecify.annotations.NullMarked;
