package city.emona.vertical.source;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.RecordSet;
import city.emona.vertical.format.SourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Files captured from real services, for sources of the shipped verticals; a test is skipped where the collection is not at hand. */
final class RealFiles {
    private static final Path DATA = Path.of("../shared/data");

    private RealFiles() {}

    static byte[] bytes(String path) throws IOException {
        Path file = DATA.resolve(path);
        assumeTrue(Files.exists(file), "the collection of real files is not at hand: " + file);
        return Files.readAllBytes(file);
    }

    /** What a source makes of a file, some variables of its mapping set otherwise. */
    static MappedPoll map(TestCity city, String vertical, String source, String path, Map<String, String> variables)
            throws IOException, SourceFailure {
        byte[] file = bytes(path);
        var declared = city.verticals.find(vertical).orElseThrow();
        SourceSpec spec = declared.findSource(source)
                .orElseThrow()
                .at(SourceSpec.Connector.FILE, path, Duration.ofMinutes(1), variables);
        RecordSet records = new RecordSet();
        Formats.read(spec.format(), Body.of(file), records);
        return new Pipeline(declared, spec, city.contexts, false).map(records, city.now.get());
    }

    static MappedPoll map(TestCity city, String vertical, String source, String path)
            throws IOException, SourceFailure {
        return map(city, vertical, source, path, Map.of());
    }

    /** How often each reason was given, for records that were rejected or came through only partly. */
    static Map<String, Long> reasons(MappedPoll poll) {
        return poll.rejected().stream()
                .collect(Collectors.groupingBy(one -> one.reason().en(), Collectors.counting()));
    }

    /** An entity as the mapping wrote it. */
    static ObjectNode entity(MappedPoll poll, String id) {
        return poll.observations().stream()
                .filter(one -> one.entity().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + id + " among "
                        + poll.entities().stream().map(e -> e.id()).toList()))
                .json();
    }
}
