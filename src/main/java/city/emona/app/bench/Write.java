package city.emona.app.bench;

import java.util.Map;

/** Work that changes entities, and knows afterwards what must have become of them. */
interface Write extends Work {
    /** Some of the entities whose change was acknowledged, by number, with the reading that each must show now. */
    Map<Long, Long> sampleAcknowledged();
}
