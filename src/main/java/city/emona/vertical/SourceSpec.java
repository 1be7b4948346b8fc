package city.emona.vertical;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where data come from, as declared.
 *
 * @param id unique in the vertical
 * @param name what people call it
 * @param address a URL; for {@link Connector#FILE} a path, relative to the vertical's folder unless absolute
 * @param every the time between two polls
 * @param timeout the longest that one document may take
 * @param maxBytes the largest document that is read
 * @param staleAfter the source is late when its newest observation is older; null when age does not matter
 * @param format how documents become records
 * @param charset the encoding, where the documents themselves say it wrongly or not at all
 * @param mapping how a record becomes entities
 * @param variables constants for the mapping, each as {@code $name}
 * @param completes whether the source only adds to entities that are there; a record of any other is rejected
 * @param personal the names of fields that tell of a person; they are taken out of a record before anything sees it
 * @param enabled whether the source runs when the vertical is installed
 * @param transport what else there is to know about how documents are had
 */
public record SourceSpec(
        String id,
        LocalizedText name,
        Connector connector,
        String address,
        Duration every,
        Duration timeout,
        int maxBytes,
        @Nullable Duration staleAfter,
        RecordFormat format,
        @Nullable Charset charset,
        MappingSpec mapping,
        Map<String, String> variables,
        boolean completes,
        List<String> personal,
        boolean enabled,
        Transport transport) {
    public SourceSpec {
        variables = Map.copyOf(variables);
        personal = List.copyOf(personal);
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("source " + id + " polls more often than once a second");
        }
    }

    /** How documents are had. */
    public enum Connector {
        /** One document behind a URL. */
        HTTP,
        /** A file on this machine. */
        FILE,
        /** A bike sharing system behind its {@code gbfs.json}; the records are its stations. */
        GBFS,
        /** Messages of an MQTT broker: {@code mqtt[s]://host[:port]/topic/filter}. */
        MQTT,
        /** Whoever has data sends them. */
        PUSH,
        /** Files that are put into the source's folder below the inbox. */
        FOLDER,
        /** A person brings files. */
        UPLOAD;

        /** Whether the source is asked at an address. */
        public boolean isAsked() {
            return switch (this) {
                case HTTP, FILE, GBFS, MQTT -> true;
                case PUSH, FOLDER, UPLOAD -> false;
            };
        }

        /** Whether the source is asked on a schedule of its own. */
        public boolean isScheduled() {
            return switch (this) {
                case HTTP, FILE, GBFS -> true;
                case MQTT, PUSH, FOLDER, UPLOAD -> false;
            };
        }
    }

    /** A JSONata expression and the file it stands in. */
    public record MappingSpec(String file, String expression) {}

    public Optional<Duration> findStaleAfter() {
        return Optional.ofNullable(staleAfter);
    }

    public Optional<Charset> findCharset() {
        return Optional.ofNullable(charset);
    }

    /**
     * The same source at another place and pace, enabled, with some variables of its mapping set otherwise. What is declared about its own
     * place, such as who we are there, stays behind.
     */
    public SourceSpec at(
            Connector otherConnector, String otherAddress, Duration otherEvery, Map<String, String> otherVariables) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(otherVariables);
        return new SourceSpec(
                id,
                name,
                otherConnector,
                otherAddress,
                otherEvery,
                timeout,
                maxBytes,
                staleAfter,
                format,
                null,
                mapping,
                all,
                completes,
                personal,
                true,
                Transport.PLAIN);
    }
}
