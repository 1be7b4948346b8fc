package city.emona.vertical.source;

import city.emona.context.Contexts;
import city.emona.problem.Problem;
import city.emona.vertical.DemoSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.demo.DemoFeed;
import city.emona.vertical.format.SourceFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries the demo of a vertical at three moments. Demo data are clean: all documents can be made, no record is rejected or loses anything, and
 * at one of the moments at least there are entities.
 */
public final class DemoTester {
    /** The moments, with the words that are said of them. */
    private static final Map<String, Instant> MOMENTS = moments();

    private final Contexts contexts;

    public DemoTester(Contexts contexts) {
        this.contexts = contexts;
    }

    private static Map<String, Instant> moments() {
        Map<String, Instant> moments = new LinkedHashMap<>();
        moments.put("by day", Instant.parse("2026-11-25T11:20:30Z"));
        moments.put("by night", Instant.parse("2026-11-26T01:40:10Z"));
        moments.put("at the weekend", Instant.parse("2026-11-28T14:05:50Z"));
        return moments;
    }

    /** How the demo of each source of a vertical does. */
    public List<VerticalTester.ExampleResult> test(Vertical vertical) {
        List<VerticalTester.ExampleResult> results = new ArrayList<>();
        for (DemoSpec demo : vertical.demo()) {
            results.add(new VerticalTester.ExampleResult("the demo of " + demo.source(), differences(vertical, demo)));
        }
        return results;
    }

    private List<String> differences(Vertical vertical, DemoSpec demo) {
        List<String> differences = new ArrayList<>();
        int entities = 0;
        try {
            DemoFeed feed = new DemoFeed(demo);
            DemoObservations observations = new DemoObservations(vertical, feed, contexts);
            for (var moment : MOMENTS.entrySet()) {
                for (String document : demo.documents().keySet()) {
                    feed.document(document, moment.getValue(), DemoObservations.BASE);
                }
                MappedPoll poll = observations.poll(moment.getValue());
                entities += poll.observations().size();
                poll.rejected()
                        .forEach(record -> differences.add(
                                moment.getKey() + ": " + record.reason().en() + " " + record.record()));
            }
        } catch (SourceFailure e) {
            differences.add(e.reason().en());
        } catch (Problem e) {
            differences.add(e.explanation());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            differences.add("interrupted");
        }
        if (entities == 0 && differences.isEmpty()) {
            differences.add("no entity comes of it, " + String.join(", ", MOMENTS.keySet()));
        }
        return differences;
    }
}
