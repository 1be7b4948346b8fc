package city.emona.vertical.source;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.vertical.ExampleSpec;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Transport;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.demo.DemoFeed;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.RecordSet;
import city.emona.vertical.format.SourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks a vertical as its author would: are the declarations right, and do the examples give what they promise? */
public final class VerticalTester {
    private static final Pattern LINE = Pattern.compile("\\(line (\\d+)\\)");

    private final Contexts contexts;

    public VerticalTester(Contexts contexts) {
        this.contexts = contexts;
    }

    /**
     * What an example gave.
     *
     * @param differences none when it gave what it promised
     */
    public record ExampleResult(String name, List<String> differences) {
        public ExampleResult {
            differences = List.copyOf(differences);
        }

        public boolean passed() {
            return differences.isEmpty();
        }
    }

    /** Everything that is wrong with the declarations in a folder, mappings and schemas included. */
    public List<Finding> check(Path folder) {
        Findings findings = new Findings();
        VerticalReader.read(folder, contexts, findings).ifPresent(vertical -> {
            for (SourceSpec source : vertical.sources()) {
                try {
                    var _ = new Pipeline(vertical, source, contexts, false);
                } catch (Problem e) {
                    findings.add(source.mapping().file(), line(e.detail()), e.detail(), e.remedy());
                }
            }
            vertical.demo().forEach(demo -> DemoFeed.check(demo, findings));
        });
        return findings.list();
    }

    private static int line(String detail) {
        Matcher line = LINE.matcher(detail);
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }

    /** Runs the examples of a vertical whose declarations are right. */
    public List<ExampleResult> test(Vertical vertical) {
        return vertical.examples().stream()
                .map(example -> run(vertical, example))
                .toList();
    }

    /** Runs one example. */
    public ExampleResult run(Vertical vertical, ExampleSpec example) {
        try {
            JsonNode expected = Json.parse(Files.readAllBytes(vertical.folder().resolve(example.expected())));
            return new ExampleResult(example.name(), differences(vertical, expected, map(vertical, example)));
        } catch (SourceFailure e) {
            return new ExampleResult(example.name(), List.of(e.reason().en()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ExampleResult(example.name(), List.of("interrupted"));
        } catch (IOException e) {
            return new ExampleResult(example.name(), List.of("a file cannot be read: " + e.getMessage()));
        }
    }

    /** What an example gives, in the form in which the expected file is written. */
    public ObjectNode outcome(Vertical vertical, ExampleSpec example) throws SourceFailure, InterruptedException {
        MappedPoll poll = map(vertical, example);
        ObjectNode outcome = Json.object();
        ArrayNode entities = outcome.putArray("entities");
        poll.json().forEach(entities::add);
        ArrayNode rejected = outcome.putArray("rejected");
        ArrayNode notes = outcome.putArray("notes");
        poll.rejected()
                .forEach(r -> (r.partly() ? notes : rejected).add(r.reason().en()));
        return outcome;
    }

    private MappedPoll map(Vertical vertical, ExampleSpec example) throws SourceFailure, InterruptedException {
        SourceSpec source = vertical.findSource(example.source()).orElseThrow();
        Path input = vertical.folder().resolve(example.input()).normalize();
        RecordSet records = new RecordSet();
        if (source.connector() == SourceSpec.Connector.GBFS) {
            Login anonymous = new Login(vertical.id(), Transport.PLAIN, Secrets.none());
            new GbfsConnector(source, FolderFetcher.BASE.resolve("gbfs.json"), new FolderFetcher(input), anonymous)
                    .poll(new Connector.Occasion(example.fetchedAt(), 0), records);
        } else {
            var order = new Fetcher.Order(input.toUri(), Fetched.Validators.NONE, source.timeout(), source.maxBytes());
            if (new FileFetcher().fetch(order) instanceof Fetched.Document document) {
                Formats.read(source.format(), DocumentConnector.body(source, document), records);
            }
        }
        if (example.topic() != null) {
            records.header().put("topic", example.topic());
        }
        return new Pipeline(vertical, source, contexts, false).map(records, example.fetchedAt());
    }

    private List<String> differences(Vertical vertical, JsonNode expected, MappedPoll actual) {
        List<String> differences = new ArrayList<>();
        Map<String, Entity> wanted = new TreeMap<>();
        for (JsonNode json : expected.path("entities")) {
            Entity entity =
                    EntityReader.read(json, contexts.compile(vertical.models().context()), 0);
            wanted.put(entity.id(), entity);
        }
        for (int i = 0; i < actual.entities().size(); i++) {
            Entity entity = actual.entities().get(i);
            Entity promised = wanted.remove(entity.id());
            if (promised == null) {
                differences.add("not expected: " + Json.text(actual.json().get(i)));
            } else if (!promised.sameContent(entity)) {
                differences.add("different from what is expected: "
                        + Json.text(actual.json().get(i)));
            }
        }
        wanted.keySet().forEach(id -> differences.add("missing: " + id));
        compare("rejected", expected, actual, false, differences);
        compare("notes", expected, actual, true, differences);
        return differences;
    }

    private static void compare(
            String member, JsonNode expected, MappedPoll actual, boolean partly, List<String> differences) {
        List<String> wanted = StreamSupport.stream(expected.path(member).spliterator(), false)
                .map(JsonNode::asString)
                .toList();
        List<String> found = actual.rejected().stream()
                .filter(r -> r.partly() == partly)
                .map(r -> r.reason().en())
                .toList();
        if (!wanted.equals(found)) {
            differences.add(member + ": expected " + wanted + ", found " + found);
        }
    }
}
