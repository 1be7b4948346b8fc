package city.emona.vertical.rule;

import city.emona.vertical.RuleSpec;
import city.emona.vertical.Vertical;

/** A rule with the vertical that brings it. */
record Watch(Vertical vertical, RuleSpec rule) {
    /** A name that is unique in the city. */
    String key() {
        return vertical.id() + ":" + rule.id();
    }
}
