package city.emona.vertical.life;

import city.emona.json.Json;
import city.emona.vertical.SemanticVersion;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the platform knows of an installed vertical: which files of which content it brought, what the city changed in them, and what it
 * answered. Immutable.
 *
 * @param revision grows with every change
 * @param digest of the package as it came
 * @param files the SHA-256 of each file as it came
 * @param edits the SHA-256 of each file that the city changed
 * @param answers to the questions that are no secrets
 * @param secrets the questions that are answered by a secret
 * @param installedAt in epoch milliseconds
 * @param removed whether it was removed; what was published before stays known
 * @param run work on its entities that is under way; null for none
 * @param previous the version before, to which one can go back; null for none
 */
public record Ledger(
        String id,
        String publisher,
        SemanticVersion version,
        long revision,
        String digest,
        SortedMap<String, String> files,
        SortedMap<String, String> edits,
        SortedMap<String, String> answers,
        SortedSet<String> secrets,
        long installedAt,
        boolean removed,
        @Nullable Run run,
        @Nullable Ledger previous) {
    public Ledger {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        edits = Collections.unmodifiableSortedMap(new TreeMap<>(edits));
        answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
        secrets = Collections.unmodifiableSortedSet(new TreeSet<>(secrets));
    }

    public Optional<Run> findRun() {
        return Optional.ofNullable(run);
    }

    public Optional<Ledger> findPrevious() {
        return Optional.ofNullable(previous);
    }

    /** The files as they are at work: those that came, with the edits in their places. */
    SortedMap<String, String> effective() {
        SortedMap<String, String> all = new TreeMap<>(files);
        all.putAll(edits);
        return all;
    }

    Ledger withRun(@Nullable Run changed) {
        return next(revision + 1, edits, removed, changed, previous);
    }

    Ledger withEdits(SortedMap<String, String> changed) {
        return next(revision + 1, changed, removed, run, previous);
    }

    Ledger withPrevious(@Nullable Ledger changed) {
        return next(revision, edits, removed, run, changed);
    }

    Ledger asRemoved(@Nullable Run ending) {
        return next(revision + 1, edits, true, ending, null);
    }

    /** The same package with what changes while it is installed. */
    private Ledger next(
            long nextRevision,
            SortedMap<String, String> nextEdits,
            boolean isRemoved,
            @Nullable Run nextRun,
            @Nullable Ledger nextPrevious) {
        return new Ledger(
                id,
                publisher,
                version,
                nextRevision,
                digest,
                files,
                nextEdits,
                answers,
                secrets,
                installedAt,
                isRemoved,
                nextRun,
                nextPrevious);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("id", id)
                .put("publisher", publisher)
                .put("version", version.toString())
                .put("revision", revision)
                .put("digest", digest)
                .put("installedAt", installedAt)
                .put("removed", removed);
        json.set("files", map(files));
        json.set("edits", map(edits));
        json.set("answers", map(answers));
        ArrayNode names = json.putArray("secrets");
        secrets.forEach(names::add);
        findRun().ifPresent(under -> json.set("run", under.toJson()));
        findPrevious().ifPresent(before -> json.set("previous", before.toJson()));
        return json;
    }

    static Ledger read(JsonNode json) {
        SortedSet<String> secrets = new TreeSet<>();
        json.path("secrets").forEach(name -> secrets.add(name.asString()));
        return new Ledger(
                json.required("id").asString(),
                json.required("publisher").asString(),
                SemanticVersion.parse(json.required("version").asString()).orElseThrow(),
                json.required("revision").asLong(),
                json.required("digest").asString(),
                map(json.path("files")),
                map(json.path("edits")),
                map(json.path("answers")),
                secrets,
                json.path("installedAt").asLong(),
                json.path("removed").asBoolean(),
                json.has("run") ? Run.read(json.path("run")) : null,
                json.has("previous") ? read(json.path("previous")) : null);
    }

    private static ObjectNode map(SortedMap<String, String> texts) {
        ObjectNode json = Json.object();
        texts.forEach(json::put);
        return json;
    }

    private static SortedMap<String, String> map(JsonNode json) {
        SortedMap<String, String> texts = new TreeMap<>();
        json.properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asString()));
        return texts;
    }
}
