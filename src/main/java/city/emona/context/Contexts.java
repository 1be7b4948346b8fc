package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Resolves and compiles JSON-LD contexts, each once. The core context and those that the platform publishes need no network; the loader
 * brings all others at their first use, and they stay as they were compiled. Safe for use by many threads.
 */
public final class Contexts {
    /** How many addresses one context may lead to, so that contexts that include each other end. */
    private static final int MAX_INCLUDED = 20;

    /** How many compiled contexts are remembered. */
    private static final int MAX_COMPILED = 1_000;

    private final DocumentLoader loader;
    private final Map<String, JsonNode> published = new ConcurrentHashMap<>();
    private final Map<String, Compiled> byLink = new ConcurrentHashMap<>();
    private final Map<JsonNode, Compiled> byContext = new ConcurrentHashMap<>();

    /** Grows when something is forgotten, so that what was compiled from older documents is not remembered. */
    private long forgotten;

    private volatile Set<String> ownOrigins = Set.of();

    /**
     * A compiled context.
     *
     * @param addresses those of the loader's documents that it is made of
     */
    private record Compiled(TermTable table, List<String> addresses) {}

    public Contexts(DocumentLoader loader) {
        this.loader = loader;
    }

    /** Makes a context known that the platform itself publishes; {@code document} has the member {@code @context}. */
    public void register(String url, JsonNode document) {
        published.put(url, document);
        forgetAll();
    }

    private synchronized void forgetAll() {
        forgotten++;
        byLink.clear();
        byContext.clear();
    }

    /** Compiles anew, at their next use, all contexts that are made of documents at such addresses. */
    public synchronized void forget(Predicate<String> address) {
        forgotten++;
        byLink.values().removeIf(compiled -> compiled.addresses().stream().anyMatch(address));
        byContext.values().removeIf(compiled -> compiled.addresses().stream().anyMatch(address));
    }

    private synchronized long forgotten() {
        return forgotten;
    }

    /** Whether an address names a version of the core context. */
    public static boolean isCore(String url) {
        return CoreTerms.isCore(url);
    }

    /**
     * Says under which origins the platform itself is reached, so that it does not ask itself over the network.
     *
     * @param origins scheme, host and port, such as {@code http://localhost:8080}
     */
    public void setOwnOrigins(Set<String> origins) {
        ownOrigins = Set.copyOf(origins);
    }

    /** A context that the platform publishes, by its address or its path on this server. */
    public Optional<JsonNode> findPublished(String url) {
        JsonNode known = published.get(url);
        if (known == null) {
            for (String origin : ownOrigins) {
                if (url.startsWith(origin + "/")) {
                    known = published.get(url.substring(origin.length()));
                }
            }
        }
        return Optional.ofNullable(known);
    }

    /** The compiled context of a Link header, if it can be had without waiting. */
    public Optional<TermTable> findCompiled(String link) {
        if (CoreTerms.isCore(link)) {
            return Optional.of(TermTable.core());
        }
        Compiled known = byLink.get(link);
        return known == null ? Optional.empty() : Optional.of(use(known));
    }

    /**
     * Compiles the context of a Link header; may wait for the network.
     *
     * @throws Problem of type LdContextNotAvailable or BadRequestData
     */
    public TermTable compileLink(String link) {
        Optional<TermTable> known = findCompiled(link);
        if (known.isPresent()) {
            return known.get();
        }
        long before = forgotten();
        return use(remember(byLink, link, resolve(Json.array().add(link)), before));
    }

    /**
     * Compiles what stands under {@code @context}: an address, an object, or an array of both. May wait for the network.
     *
     * @throws Problem of type LdContextNotAvailable or BadRequestData
     */
    public TermTable compile(JsonNode context) {
        return use(resolve(context));
    }

    private Compiled resolve(JsonNode context) {
        Compiled known = byContext.get(context);
        if (known != null) {
            return known;
        }
        long before = forgotten();
        return remember(byContext, context, new Resolution().compiled(context), before);
    }

    private synchronized <K> Compiled remember(Map<K, Compiled> memory, K key, Compiled compiled, long before) {
        if (forgotten() != before) {
            return compiled;
        }
        if (memory.size() >= MAX_COMPILED) {
            memory.clear();
        }
        Compiled earlier = memory.putIfAbsent(key, compiled);
        return earlier == null ? compiled : earlier;
    }

    private TermTable use(Compiled compiled) {
        for (String address : compiled.addresses()) {
            loader.used(address);
        }
        return compiled.table();
    }

    private final class Resolution {
        private final Set<String> addresses = new LinkedHashSet<>();
        private int included;
        private ContextDefinitions.Known known = ContextDefinitions.Known.NOTHING;

        Compiled compiled(JsonNode context) {
            JsonNode user = withoutCore(context);
            add(user, null);
            TermTable table = user.isEmpty() && !user.isString()
                    ? TermTable.core()
                    : new TermTable(known.terms(), user, onlyAddress(user));
            return new Compiled(table, List.copyOf(addresses));
        }

        private JsonNode withoutCore(JsonNode context) {
            if (context.isArray()) {
                var rest = Json.array();
                for (JsonNode item : context) {
                    if (!(item.isString() && CoreTerms.isCore(item.stringValue()))) {
                        rest.add(item);
                    }
                }
                return rest;
            }
            return context.isString() && CoreTerms.isCore(context.stringValue()) ? Json.array() : context;
        }

        private @Nullable String onlyAddress(JsonNode user) {
            JsonNode one = user.isArray() && user.size() == 1 ? user.get(0) : user;
            return one.isString() ? one.stringValue() : null;
        }

        private void add(JsonNode context, @Nullable String base) {
            if (context.isArray()) {
                context.forEach(item -> add(item, base));
            } else if (context.isString()) {
                include(resolve(context.stringValue(), base));
            } else if (context.isObject()) {
                if (context.has("@import")) {
                    add(context.get("@import"), base);
                }
                known = ContextDefinitions.read(context, known);
            } else {
                throw Problem.badRequestData(
                        "The @context is neither an address nor an object nor an array of them.",
                        "Correct the context.");
            }
        }

        private void include(String url) {
            if (CoreTerms.isCore(url)) {
                return;
            }
            if (++included > MAX_INCLUDED) {
                throw Problem.badRequestData(
                        "The @context leads to more than " + MAX_INCLUDED + " other contexts.",
                        "Use a context that includes fewer.");
            }
            JsonNode document = findPublished(url).orElseGet(() -> load(url));
            JsonNode context = document.isObject() ? document.get("@context") : null;
            if (context == null) {
                throw Problem.badRequestData(
                        "The document at " + url + " has no member @context.",
                        "Name the address of a JSON-LD context.");
            }
            add(context, url);
        }

        private JsonNode load(String url) {
            addresses.add(url);
            return loader.load(url);
        }

        private String resolve(String address, @Nullable String base) {
            try {
                URI uri = base == null ? URI.create(address) : URI.create(base).resolve(address);
                if (published.containsKey(uri.toString()) || loader.holds(uri.toString())) {
                    return uri.toString();
                }
                if (uri.isAbsolute()) {
                    return uri.toString();
                }
            } catch (IllegalArgumentException e) {
                throw badAddress(address);
            }
            throw badAddress(address);
        }

        private Problem badAddress(String address) {
            return Problem.badRequestData(
                    "»" + address + "« is not the address of a context.", "Use an absolute http or https address.");
        }
    }
}
