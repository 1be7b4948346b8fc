package city.emona.app;

import city.emona.http.operation.Content;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.ValueKind;
import city.emona.json.Json;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes requests from what a server says it offers: right ones, right ones with something changed, and rubbish. The same seed makes the same
 * requests.
 */
final class FuzzRequests {
    private static final int IDS = 10;

    /** One in so many requests creates an entity, so that the others meet some. */
    private static final int CREATIONS = 6;

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "BREW");
    private static final List<String> MEDIA_TYPES = List.of(
            "application/json",
            "application/ld+json",
            "application/merge-patch+json",
            "application/json; charset=utf-8",
            "text/plain",
            "application/x-www-form-urlencoded",
            "",
            "/",
            ";;;");
    private static final List<String> ACCEPTS = List.of(
            "*/*",
            "application/json",
            "application/ld+json",
            "application/geo+json",
            "application/ld+json;q=0.9, application/json;q=0.1",
            "text/html",
            "application/json;q=0",
            "a",
            ",,,",
            "application/*;q=2");

    private final SplittableRandom random;
    private final FuzzValues values;
    private final List<Operation> operations;
    private final Operation creation;
    private final JsonNode schemas;
    private final List<String> tenants;

    /**
     * One request.
     *
     * @param bytes all of it
     * @param whole whether it is valid HTTP, after which the connection stays open
     * @param about the operation that it was made from
     */
    record Fuzz(byte[] bytes, boolean whole, String method, String about, String tenant) {}

    FuzzRequests(long seed, List<Operation> operations, JsonNode schemas, List<String> tenants, List<String> contexts) {
        this.random = new SplittableRandom(seed);
        this.values = new FuzzValues(random, contexts);
        this.operations = operations;
        this.creation = operations.stream()
                .filter(operation -> operation.id().equals("createEntity"))
                .findFirst()
                .orElseThrow();
        this.schemas = schemas;
        this.tenants = tenants;
    }

    Fuzz next() {
        Operation operation = values.in(CREATIONS) ? creation : values.one(operations);
        String method = values.in(25) ? values.one(METHODS) : operation.method();
        String target = path(operation) + query(operation);
        byte[] body = body(operation);
        String tenant = values.one(tenants);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        headers(operation, tenant, head);
        if (body.length > 0 || operation.findBody().isPresent()) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        if (values.in(30)) {
            return new Fuzz(broken(bytes.toByteArray()), false, method, operation.id(), tenant);
        }
        return new Fuzz(bytes.toByteArray(), true, method, operation.id(), tenant);
    }

    private String path(Operation operation) {
        String path = operation.path();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.place() == Parameter.Place.PATH) {
                path = path.replace("{" + parameter.name() + "*}", segment(parameter))
                        .replace("{" + parameter.name() + "}", segment(parameter));
            }
        }
        return switch (random.nextInt(40)) {
            case 0 -> path + "/";
            case 1 -> path + "/" + encode(values.nasty());
            case 2 -> path.replaceFirst("/", "//");
            case 3 -> scrambledPath(path);
            default -> path;
        };
    }

    private String scrambledPath(String path) {
        String scrambled = values.scrambled(path).replaceAll("[\\x00-\\x20\\x7f-\\uffff]", "");
        return scrambled.startsWith("/") ? scrambled : "/" + scrambled;
    }

    private String segment(Parameter parameter) {
        if (values.in(12)) {
            return encode(values.nasty());
        }
        if (parameter.name().equals("id")) {
            return encode(id());
        }
        return parameter.example().isEmpty() ? "x" : encode(parameter.example());
    }

    private String id() {
        return "urn:ngsi-ld:Bench:" + random.nextInt(IDS);
    }

    private String query(Operation operation) {
        List<String> parts = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.place() == Parameter.Place.QUERY && values.in(parameter.required() ? 1 : 5)) {
                parts.add(parameter.name() + "=" + encode(value(parameter)));
            }
        }
        switch (random.nextInt(30)) {
            case 0 -> parts.add(encode(values.nasty()) + "=" + encode(values.nasty()));
            case 1 -> parts.add("%" + "zz=%f");
            case 2 -> parts.addAll(List.copyOf(parts));
            case 3 -> parts.add("a=" + "b".repeat(random.nextInt(40_000)));
            default -> {
                // as it is
            }
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private String value(Parameter parameter) {
        if (values.in(15)) {
            return values.nasty();
        }
        return switch (parameter.kind()) {
            case ValueKind.Flag _ -> values.one(List.of("true", "false"));
            case ValueKind.Whole whole ->
                Integer.toString(values.one(List.of(whole.least(), 1, 5, whole.most(), whole.least() - 1)));
            case ValueKind.Choice choice -> values.one(choice.words());
            case ValueKind.Choices choices ->
                values.one(choices.words()) + (values.in(3) ? "," + values.one(choices.words()) : "");
            case ValueKind.Text _, ValueKind.TextList _ ->
                parameter.name().equals("id") ? id() : values.parameter(parameter.name());
        };
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%2C", ",");
    }

    private void headers(Operation operation, String tenant, StringBuilder head) {
        if (!tenant.isEmpty()) {
            head.append("NGSILD-Tenant: ").append(tenant).append("\r\n");
        }
        if (values.in(6)) {
            head.append("Link: <")
                    .append(values.contextAddress())
                    .append(">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"\r\n");
        }
        if (values.in(3)) {
            head.append("Accept: ").append(values.one(ACCEPTS)).append("\r\n");
        }
        operation.findBody().ifPresent(body -> {
            Content form = values.one(body.contents());
            head.append("Content-Type: ")
                    .append(values.in(20) ? values.one(MEDIA_TYPES) : form.mediaType())
                    .append("\r\n");
        });
        if (values.in(20)) {
            head.append(values.one(List.of(
                            "Link",
                            "Prefer",
                            "Accept",
                            "NGSILD-Snapshot",
                            "NGSILD-EntityMap",
                            "Via",
                            "Expect",
                            "Range",
                            "Cookie")))
                    .append(": ")
                    .append(values.nasty().replaceAll("[\\x00-\\x1f\\x7f]", ""))
                    .append("\r\n");
        }
    }

    private byte[] body(Operation operation) {
        if (operation.findBody().isEmpty()) {
            return values.in(30) ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
        }
        String schema = operation.findBody().get().example();
        if (schema.isEmpty()) {
            schema = operation.findBody().get().contents().getFirst().schema();
        }
        JsonNode example = schemas.path(schema).path("examples").path(0);
        String text = Json.text(example.isMissingNode() ? Json.object() : example)
                .replaceAll("urn:ngsi-ld:Bench:\\d+", "urn:ngsi-ld:Bench:" + random.nextInt(IDS));
        if (values.in(3)) {
            JsonNode changed = Json.parse(text);
            List<String> raw = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                change(changed, raw);
            }
            text = Json.text(changed);
            for (int i = 0; i < raw.size(); i++) {
                text = text.replace("\"#" + i + "#\"", raw.get(i));
            }
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(40)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> flipped(bytes);
            case 2 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
            case 3 -> text.getBytes(StandardCharsets.UTF_16);
            case 4 -> values.json().getBytes(StandardCharsets.UTF_8);
            case 5 -> rubbish();
            case 6 -> (text + text).getBytes(StandardCharsets.UTF_8);
            default -> bytes;
        };
    }

    /** Changes one place of the tree; what Jackson could not hold is left as a mark, for which the raw text is put in later. */
    private void change(JsonNode root, List<String> raw) {
        List<JsonNode> places = new ArrayList<>();
        collect(root, places);
        if (places.isEmpty()) {
            return;
        }
        JsonNode place = values.one(places);
        if (place instanceof ObjectNode object) {
            List<String> names = List.copyOf(object.propertyNames());
            String name = names.isEmpty() || values.in(3) ? values.name() : values.one(names);
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> {
                    JsonNode value = object.remove(name);
                    if (value != null) {
                        object.set(values.name(), value);
                    }
                }
                case 2 -> {
                    raw.add(values.context());
                    object.put("@context", "#" + (raw.size() - 1) + "#");
                }
                default -> {
                    raw.add(values.json());
                    object.put(name, "#" + (raw.size() - 1) + "#");
                }
            }
        } else if (place instanceof ArrayNode array) {
            raw.add(values.json());
            array.add("#" + (raw.size() - 1) + "#");
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isObject() || node.isArray()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = random.nextInt(5); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private byte[] rubbish() {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What is no valid HTTP any more. */
    private byte[] broken(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        String changed =
                switch (random.nextInt(12)) {
                    case 0 -> text.substring(0, random.nextInt(text.length()));
                    case 1 -> text.replaceFirst("HTTP/1.1", "HTTP/9.9");
                    case 2 -> text.replaceFirst("\r\nHost: localhost", "");
                    case 3 -> text.replaceFirst("\r\n", "\r\nContent-Length: -5\r\n");
                    case 4 -> text.replaceFirst("\r\n", "\r\nContent-Length: 3\r\nContent-Length: 7\r\n");
                    case 5 -> text.replaceFirst("\r\n", "\r\nTransfer-Encoding: chunked\r\n");
                    case 6 -> text.replaceFirst("\r\n", "\r\nno colon in here\r\n");
                    case 7 -> text.replaceFirst("\r\n", "\r\nX: \u0000\u0001\r\n");
                    case 8 -> text.replaceFirst("\r\n", "\r\nX: " + "h".repeat(40_000) + "\r\n");
                    case 9 -> text.replaceFirst(" /", " ");
                    case 10 -> "\u0016\u0003\u0001" + text;
                    default -> text.replace("\r\n", "\n").replaceFirst(" HTTP/1.1", "");
                };
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
