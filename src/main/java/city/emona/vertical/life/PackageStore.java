package city.emona.vertical.life;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import city.emona.vertical.Findings;
import city.emona.vertical.PackageContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The packages of a data folder. What is installed stands in the store's documents, each file under its SHA-256; beside them, the folder
 * {@code verticals} of the data folder has every package unpacked under its digest, made anew from the documents where it is missing.
 */
final class PackageStore {
    static final String LEDGERS = "vertical-ledger";
    private static final String FILES = "vertical-file";
    private static final String MODELS = "vertical-model";

    /** How many uploaded packages wait at most to be installed. */
    private static final int MAX_WAITING = 20;

    /** How long an uploaded package waits. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final ContextStore store;
    private final Path folder;
    private final InstantSource clock;

    PackageStore(ContextStore store, Path dataFolder, InstantSource clock) {
        this.store = store;
        this.folder = dataFolder.resolve("verticals");
        this.clock = clock;
    }

    List<Ledger> listLedgers() {
        List<Ledger> ledgers = new ArrayList<>();
        for (String id : store.listDocuments(Tenant.DEFAULT, LEDGERS)) {
            findLedger(id).ifPresent(ledgers::add);
        }
        return ledgers;
    }

    Optional<Ledger> findLedger(String id) {
        return store.findDocument(Tenant.DEFAULT, LEDGERS, id).map(bytes -> Ledger.read(Json.parse(bytes)));
    }

    DocumentWrite write(Ledger ledger) {
        return new DocumentWrite(LEDGERS, ledger.id(), Json.bytes(ledger.toJson()));
    }

    /** The digest of the models that a version of a vertical published; empty when it published none. */
    Optional<String> findPublished(String id, String version) {
        return store.findDocument(Tenant.DEFAULT, MODELS, id + "/" + version)
                .map(bytes -> Json.parse(bytes).required("digest").asString());
    }

    DocumentWrite publish(String id, String version, String digest, JsonNode context) {
        var document = Json.object().put("digest", digest);
        document.set("context", context);
        return new DocumentWrite(MODELS, id + "/" + version, Json.bytes(document));
    }

    /** The contexts that were ever published, by {@code <id>/<version>}; they stay, since data out there name them. */
    SortedMap<String, JsonNode> listPublishedContexts() {
        SortedMap<String, JsonNode> contexts = new TreeMap<>();
        for (String key : store.listDocuments(Tenant.DEFAULT, MODELS)) {
            store.findDocument(Tenant.DEFAULT, MODELS, key)
                    .ifPresent(bytes -> contexts.put(key, Json.parse(bytes).required("context")));
        }
        return contexts;
    }

    /** The writes that make the files of a package durable. */
    List<DocumentWrite> writes(PackageContent content) {
        Set<String> known = new HashSet<>(store.listDocuments(Tenant.DEFAULT, FILES));
        List<DocumentWrite> writes = new ArrayList<>();
        for (byte[] bytes : content.files().values()) {
            String digest = PackageContent.digest(bytes);
            if (known.add(digest)) {
                writes.add(new DocumentWrite(FILES, digest, bytes));
            }
        }
        return writes;
    }

    DocumentWrite write(byte[] file) {
        return new DocumentWrite(FILES, PackageContent.digest(file), file);
    }

    /** The writes that take away the files that no ledger names any more. */
    List<DocumentWrite> sweep(List<Ledger> remaining) {
        Set<String> named = new HashSet<>();
        for (Ledger ledger : remaining) {
            for (Ledger at = ledger; at != null; at = at.previous()) {
                named.addAll(at.files().values());
                named.addAll(at.edits().values());
            }
        }
        return store.listDocuments(Tenant.DEFAULT, FILES).stream()
                .filter(digest -> !named.contains(digest))
                .map(digest -> new DocumentWrite(FILES, digest, null))
                .toList();
    }

    /** A package from the documents, by the SHA-256 of its files. */
    PackageContent content(SortedMap<String, String> digests) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        digests.forEach((path, digest) -> files.put(
                path,
                store.findDocument(Tenant.DEFAULT, FILES, digest)
                        .orElseThrow(
                                () -> new IllegalStateException("the store lacks the file " + path + " " + digest))));
        return PackageContent.of(files);
    }

    byte[] file(String digest) {
        return store.findDocument(Tenant.DEFAULT, FILES, digest).orElseThrow();
    }

    /** The folder in which a package lies unpacked; it is made where it is missing. */
    Path unpacked(PackageContent content) {
        Path place = folder.resolve(content.digest());
        if (Files.isDirectory(place)) {
            return place;
        }
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempDirectory(folder, "new-");
            content.writeTo(temporary);
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(place)) {
                throw new UncheckedIOException(e);
            }
        }
        return place;
    }

    /** Lets an unpacked package wait from now on to be installed. */
    void await(PackageContent content) {
        try {
            Files.setLastModifiedTime(unpacked(content), FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasWaitedLong(Path place) {
        return place.toFile().lastModified()
                < clock.instant().minus(LONGEST_WAIT).toEpochMilli();
    }

    /**
     * A package that was uploaded, or came with what is installed.
     *
     * @throws Problem of type ResourceNotFound when there is none of this digest
     */
    PackageContent uploaded(String digest) {
        Optional<Ledger> installed = listLedgers().stream()
                .filter(ledger -> ledger.digest().equals(digest))
                .findFirst();
        if (installed.isPresent()) {
            return content(installed.get().files());
        }
        Path place = folder.resolve(digest.matches("[0-9a-f]{64}") ? digest : "none");
        return (Files.isDirectory(place) && !hasWaitedLong(place)
                        ? PackageContent.ofFolder(place, new Findings())
                        : Optional.<PackageContent>empty())
                .filter(content -> content.digest().equals(digest))
                .orElseThrow(() -> Problem.notFound("There is no package " + digest + "; upload it first."));
    }

    /** Removes what lies unpacked and belongs to no ledger: all of it, or what has waited too long and the oldest beyond those that may wait. */
    void tidy(boolean all) {
        Set<String> needed = new HashSet<>();
        for (Ledger ledger : listLedgers()) {
            if (!ledger.removed()) {
                needed.add(content(ledger.effective()).digest());
            }
        }
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> waiting = new ArrayList<>(entries.filter(
                            entry -> !needed.contains(entry.getFileName().toString()))
                    .sorted(Comparator.comparingLong(entry -> entry.toFile().lastModified()))
                    .toList());
            int gone = all ? waiting.size() : Math.max(0, waiting.size() - MAX_WAITING);
            while (gone < waiting.size() && hasWaitedLong(waiting.get(gone))) {
                gone++;
            }
            waiting.subList(0, gone).forEach(PackageStore::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path place) {
        try (Stream<Path> below = Files.walk(place)) {
            for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
