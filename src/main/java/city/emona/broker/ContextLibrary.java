package city.emona.broker;

import city.emona.context.ContextShape;
import city.emona.context.Contexts;
import city.emona.context.DocumentLoader;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The JSON-LD contexts that the broker holds (ETSI GS CIM 009 clause 5.13): those that clients gave it, those that it made, and its copies
 * of other servers'. All are kept durably. A copy stays as it was fetched, whatever becomes of the original, until somebody asks for it to
 * be loaded again or deletes it: so names mean tomorrow what they mean today. Safe for use by many threads.
 */
public final class ContextLibrary implements DocumentLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ContextLibrary.class);
    private static final String DOCUMENTS = "context";

    /** How many contexts of one kind a tenant has at most. */
    private static final int MAX_CONTEXTS = 1_000;

    /** How many bytes the contexts of one kind have at most in a tenant. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    /** How many bytes one context has at most. */
    private static final int MAX_CONTEXT_BYTES = 1024 * 1024;

    /** Where the server serves its contexts, each under its identifier. */
    public static final String PATH = "/ngsi-ld/v1/jsonldContexts/";

    private static final Pattern OWN_ADDRESS =
            Pattern.compile("(?:https?://[^/]+)?" + Pattern.quote(PATH) + "([0-9a-f-]{36})");

    private final ContextStore store;
    private final ContextFetcher fetcher;
    private final Clock clock;
    private final long openedAt;
    private final Contexts contexts = new Contexts(this);
    private final Map<String, StoredContext> byId = new ConcurrentHashMap<>();
    private final Map<String, StoredContext> copies = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> underWay = new ConcurrentHashMap<>();

    /** Opens what a store holds. */
    public ContextLibrary(ContextStore store, ContextFetcher fetcher, Clock clock) {
        this.store = store;
        this.fetcher = fetcher;
        this.clock = clock;
        this.openedAt = clock.millis();
        for (String id : store.listDocuments(Tenant.DEFAULT, DOCUMENTS)) {
            store.findDocument(Tenant.DEFAULT, DOCUMENTS, id)
                    .ifPresent(content -> remember(StoredContext.read(id, content)));
        }
    }

    /** The compiled form of all contexts, which this library supplies with documents. */
    public Contexts contexts() {
        return contexts;
    }

    /** When the library was opened, in epoch milliseconds. */
    public long openedAt() {
        return openedAt;
    }

    /**
     * Add @context (clause 5.13.2).
     *
     * @param document an object with the member {@code @context}
     * @throws Problem of type InvalidRequest or BadRequestData when it is no context, PayloadTooLarge, or Conflict when the tenant has too many
     */
    public StoredContext add(Tenant tenant, JsonNode document) {
        ContextShape.require(document);
        requireSize(document);
        return keep(tenant, ContextKind.HOSTED, UUID.randomUUID().toString(), "", 0, document);
    }

    /**
     * The context of this broker that stands for one that has no address of its own. The same context of the same tenant is made only once.
     *
     * @param context what stands under {@code @context}
     */
    public StoredContext implicit(Tenant tenant, JsonNode context) {
        byte[] name = (tenant.name() + '\0' + Json.text(context)).getBytes(StandardCharsets.UTF_8);
        String id = UUID.nameUUIDFromBytes(name).toString();
        StoredContext present = byId.get(id);
        if (present != null) {
            return present;
        }
        var document = Json.object();
        document.set("@context", context);
        requireSize(document);
        return keep(tenant, ContextKind.IMPLICITLY_CREATED, id, "", 0, document);
    }

    /** The contexts that a tenant can see, the oldest first. */
    public List<StoredContext> list(Tenant tenant) {
        return byId.values().stream()
                .filter(context -> context.tenant().equals(tenant))
                .sorted(Comparator.comparingLong(StoredContext::createdAt).thenComparing(StoredContext::id))
                .toList();
    }

    /**
     * A context of a tenant.
     *
     * @param name its identifier, its address, or for a copy the address of the original
     */
    public Optional<StoredContext> find(Tenant tenant, String name) {
        StoredContext found = byId.get(name);
        if (found == null) {
            found = own(name).orElseGet(() -> copies.get(name));
        }
        return Optional.ofNullable(found).filter(context -> context.tenant().equals(tenant));
    }

    /** The document of a context; empty when it has just been deleted. */
    public Optional<JsonNode> findDocument(StoredContext context) {
        return store.findDocument(Tenant.DEFAULT, DOCUMENTS, context.id())
                .map(content -> Json.parse(content).required("document"));
    }

    /** Counts a look at a context as a use of it. */
    public void countUse(StoredContext context) {
        context.usage().count(clock.millis());
    }

    /** Deletes a context. Names that were expanded with it stay as they are; a copy is fetched again when it is next asked for. */
    public void delete(StoredContext context) {
        synchronized (this) {
            write(context.id(), null);
            byId.remove(context.id(), context);
            copies.remove(context.url(), context);
        }
        forgetCompiled(context);
    }

    /**
     * Fetches the original of a copy again, and puts it in the place of the copy.
     *
     * @throws Problem of type LdContextNotAvailable when that fails or brings no context; the copy stays as it was
     */
    public void reload(StoredContext copy) {
        JsonNode document;
        long expiresAt;
        try {
            ContextFetcher.Fetched fetched = fetcher.fetch(copy.url());
            document = Json.parse(fetched.document());
            ContextShape.require(document);
            expiresAt = fetched.expiresAt();
        } catch (Problem problem) {
            throw new Problem(
                    ProblemType.LD_CONTEXT_NOT_AVAILABLE,
                    "The context at " + copy.url() + " was not loaded again: " + problem.explanation(),
                    "The copy of before is still used. Try again when its server works.");
        }
        keep(Tenant.DEFAULT, ContextKind.CACHED, copy.id(), copy.url(), expiresAt, document);
        forgetCompiled(copy);
    }

    private void forgetCompiled(StoredContext context) {
        contexts.forget(address -> address.equals(context.url()) || isAddressOf(address, context.id()));
    }

    private static boolean isAddressOf(String address, String id) {
        Matcher matcher = OWN_ADDRESS.matcher(address);
        return matcher.matches() && matcher.group(1).equals(id);
    }

    private Optional<StoredContext> own(String address) {
        Matcher matcher = OWN_ADDRESS.matcher(address);
        return matcher.matches() ? Optional.ofNullable(byId.get(matcher.group(1))) : Optional.empty();
    }

    @Override
    public boolean holds(String address) {
        return own(address).isPresent();
    }

    @Override
    public void used(String address) {
        StoredContext copy = copies.get(address);
        if (copy == null) {
            copy = own(address).orElse(null);
        }
        if (copy != null) {
            countUse(copy);
        }
    }

    @Override
    public JsonNode load(String url) {
        StoredContext known = own(url).orElseGet(() -> copies.get(url));
        Optional<JsonNode> document = Optional.ofNullable(known).flatMap(this::findDocument);
        return document.orElseGet(() -> fetchOnce(url));
    }

    /** Of several requests that need the same context first, one fetches it, and the others wait for that one. */
    private JsonNode fetchOnce(String url) {
        CompletableFuture<JsonNode> mine = new CompletableFuture<>();
        CompletableFuture<JsonNode> other = underWay.putIfAbsent(url, mine);
        if (other != null) {
            return join(other);
        }
        try {
            Optional<JsonNode> meanwhile = Optional.ofNullable(copies.get(url)).flatMap(this::findDocument);
            JsonNode document = meanwhile.isPresent() ? meanwhile.get() : fetch(url);
            mine.complete(document);
            return document;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(url, mine);
        }
    }

    private static JsonNode join(CompletableFuture<JsonNode> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw e;
        }
    }

    private JsonNode fetch(String url) {
        ContextFetcher.Fetched fetched = fetcher.fetch(url);
        JsonNode document;
        try {
            document = Json.parse(fetched.document());
            ContextShape.require(document);
        } catch (Problem problem) {
            throw Problem.badRequestData(
                    "The document at " + url + " is no JSON-LD context: " + problem.explanation(),
                    "Name the address of a JSON-LD context.");
        }
        try {
            keep(Tenant.DEFAULT, ContextKind.CACHED, UUID.randomUUID().toString(), url, fetched.expiresAt(), document);
        } catch (Problem problem) {
            LOG.warn("The context at {} is used, but could not be kept: {}", url, problem.explanation());
        }
        return document;
    }

    private static void requireSize(JsonNode document) {
        if (Json.bytes(document).length > MAX_CONTEXT_BYTES) {
            throw new Problem(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "The context is larger than " + MAX_CONTEXT_BYTES / 1024 + " KB.",
                    "Send a smaller one.");
        }
    }

    private synchronized StoredContext keep(
            Tenant tenant, ContextKind kind, String id, String url, long expiresAt, JsonNode document) {
        long now = clock.millis();
        StoredContext context =
                new StoredContext(tenant, kind, id, url, now, expiresAt, 0, new StoredContext.Usage(now));
        byte[] content = context.record(document);
        makeRoom(tenant, kind, id, content.length);
        write(id, content);
        StoredContext kept = StoredContext.read(id, content);
        remember(kept);
        return kept;
    }

    /** What clients gave is never dropped. Of what the broker can make or fetch again, the longest unused goes first. */
    private void makeRoom(Tenant tenant, ContextKind kind, String except, int more) {
        List<StoredContext> present = new ArrayList<>(byId.values().stream()
                .filter(c -> c.kind() == kind && c.tenant().equals(tenant) && !c.id().equals(except))
                .sorted(Comparator.comparingLong(c -> c.usage().last()))
                .toList());
        long bytes = present.stream().mapToLong(StoredContext::bytes).sum();
        while (!present.isEmpty() && (present.size() >= MAX_CONTEXTS || bytes + more > MAX_BYTES)) {
            if (kind == ContextKind.HOSTED) {
                throw new Problem(
                        ProblemType.CONFLICT,
                        "There is no room for more hosted contexts: " + MAX_CONTEXTS + " of together "
                                + MAX_BYTES / 1024 / 1024 + " MB are kept at most.",
                        "Delete one that is not needed any more.");
            }
            StoredContext oldest = present.removeFirst();
            LOG.warn(
                    "There is no room for more contexts; the longest unused is dropped: {} {}",
                    oldest.id(),
                    oldest.url());
            bytes -= oldest.bytes();
            delete(oldest);
        }
    }

    private void remember(StoredContext context) {
        byId.put(context.id(), context);
        if (context.kind() == ContextKind.CACHED) {
            copies.put(context.url(), context);
        }
    }

    private void write(String id, byte @Nullable [] content) {
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.of(new DocumentWrite(DOCUMENTS, id, content))));
    }
}
