package city.emona.app;

import city.emona.broker.Broker;
import city.emona.broker.live.LiveHub;
import city.emona.store.ContextStore;
import city.emona.vertical.Verticals;
import city.emona.vertical.indicator.IndicatorBook;
import city.emona.vertical.indicator.IndicatorEngine;
import city.emona.vertical.quality.QualityEngine;
import city.emona.vertical.quality.QualityMeter;
import city.emona.vertical.rule.RuleEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What the verticals have the platform make of their data: alerts, indicators, quality. */
final class Evaluation implements AutoCloseable {
    /** How long after the start quality is measured: the sources should have brought something. */
    private static final Duration FIRST_QUALITY = Duration.ofSeconds(10);

    private static final Duration QUALITY_PAUSE = Duration.ofMinutes(1);

    private final RuleEngine rules;
    private final IndicatorEngine indicators;
    private final QualityEngine quality;

    Evaluation(
            ContextStore store,
            Broker broker,
            LiveHub live,
            IndicatorBook book,
            Supplier<Verticals> verticals,
            InstantSource clock) {
        rules = new RuleEngine(store, broker, live, clock);
        indicators = new IndicatorEngine(broker, live, book, clock);
        quality = new QualityEngine(new QualityMeter(broker), verticals);
    }

    void start(Verticals verticals) {
        follow(verticals);
        quality.start(FIRST_QUALITY, QUALITY_PAUSE);
    }

    /** Applies what these verticals declare from now on, and nothing else. */
    void follow(Verticals verticals) {
        rules.apply(verticals);
        indicators.apply(verticals);
    }

    @Override
    public void close() {
        quality.close();
        indicators.close();
        rules.close();
    }
}
