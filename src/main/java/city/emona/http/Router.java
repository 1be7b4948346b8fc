package city.emona.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a request by its method and path. In a pattern, {@code {name}} stands for one non-empty segment and
 * {@code {name*}} for the rest of the path. A literal segment wins over a name, a name over a rest. Filled once, then read by many threads.
 */
public final class Router {
    private final Node root = new Node();
    private final Set<String> routes = new TreeSet<>();

    /**
     * What answers a method of a pattern.
     *
     * @param fast whether the handler reads memory only and may run on the server's own threads
     */
    record Route(Handler handler, boolean fast) {}

    /** What a path leads to. */
    record Match(Map<String, Route> byMethod, Map<String, String> parameters) {
        @Nullable
        Route route(String method) {
            Route route = byMethod.get(method);
            return route == null && method.equals("HEAD") ? byMethod.get("GET") : route;
        }

        /** The methods for the Allow header. */
        Set<String> methods() {
            Set<String> methods = new TreeSet<>(byMethod.keySet());
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            return methods;
        }
    }

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<String, Route> byMethod = new TreeMap<>();

        @Nullable
        Node one;

        @Nullable
        Node rest;

        List<String> names = List.of();
    }

    /** Answers GET and HEAD; the handler may wait. */
    public Router get(String pattern, Handler handler) {
        return add("GET", pattern, handler, false);
    }

    /** Answers GET and HEAD from memory: the handler never waits, or throws {@link MustWaitException} first. */
    public Router getFast(String pattern, Handler handler) {
        return add("GET", pattern, handler, true);
    }

    /** Answers POST; the handler may wait. */
    public Router post(String pattern, Handler handler) {
        return add("POST", pattern, handler, false);
    }

    /** Answers PUT; the handler may wait. */
    public Router put(String pattern, Handler handler) {
        return add("PUT", pattern, handler, false);
    }

    /** Answers PATCH; the handler may wait. */
    public Router patch(String pattern, Handler handler) {
        return add("PATCH", pattern, handler, false);
    }

    /** Answers DELETE; the handler may wait. */
    public Router delete(String pattern, Handler handler) {
        return add("DELETE", pattern, handler, false);
    }

    /**
     * Answers a method; GET answers HEAD too.
     *
     * @param fast whether the handler reads memory only and may run on the server's own threads
     */
    public Router add(String method, String pattern, Handler handler, boolean fast) {
        Node node = root;
        List<String> names = new ArrayList<>();
        for (String segment : segments(pattern)) {
            if (segment.startsWith("{") && segment.endsWith("*}")) {
                names.add(segment.substring(1, segment.length() - 2));
                node.rest = node.rest == null ? new Node() : node.rest;
                node = node.rest;
            } else if (segment.startsWith("{") && segment.endsWith("}")) {
                names.add(segment.substring(1, segment.length() - 1));
                node.one = node.one == null ? new Node() : node.one;
                node = node.one;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (!node.names.isEmpty() && !node.names.equals(names)) {
            throw new IllegalArgumentException(
                    pattern + " names its segments otherwise than a pattern of the same form");
        }
        node.names = List.copyOf(names);
        if (node.byMethod.put(method, new Route(handler, fast)) != null) {
            throw new IllegalArgumentException(method + " " + pattern + " is routed twice");
        }
        routes.add(method + " " + pattern);
        return this;
    }

    /** Everything that is routed, each as a method and a pattern with a space between. */
    public Set<String> routes() {
        return Collections.unmodifiableSet(routes);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            if (slash < 0) {
                slash = path.length();
            }
            segments.add(path.substring(start, slash));
            start = slash + 1;
        }
        return segments;
    }

    /** What a path leads to; null for nothing. */
    @Nullable
    Match match(String path) {
        List<String> segments = segments(path);
        List<String> values = new ArrayList<>();
        Node node = find(root, segments, 0, values);
        if (node == null) {
            return null;
        }
        if (values.isEmpty()) {
            return new Match(node.byMethod, Map.of());
        }
        Map<String, String> parameters = LinkedHashMap.newLinkedHashMap(values.size());
        for (int i = 0; i < values.size(); i++) {
            parameters.put(node.names.get(i), QueryParameters.percentDecode(values.get(i)));
        }
        return new Match(node.byMethod, parameters);
    }

    private static @Nullable Node find(Node node, List<String> segments, int at, List<String> values) {
        if (at == segments.size()) {
            return node.byMethod.isEmpty() ? null : node;
        }
        String segment = segments.get(at);
        Node literal = node.literals.get(segment);
        if (literal != null) {
            Node found = find(literal, segments, at + 1, values);
            if (found != null) {
                return found;
            }
        }
        if (node.one != null && !segment.isEmpty()) {
            values.add(segment);
            Node found = find(node.one, segments, at + 1, values);
            if (found != null) {
                return found;
            }
            values.removeLast();
        }
        if (node.rest != null) {
            values.add(String.join("/", segments.subList(at, segments.size())));
            return node.rest;
        }
        return null;
    }
}
