package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.access.Grant;
import city.emona.access.Policy;
import city.emona.access.Role;
import city.emona.config.Configuration;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every role on every operation of a running server, and nobody on every page that is not public. */
class AccessMatrixTest {
    /** What everybody may do; who adds an operation here opens it to the world. */
    private static final Set<String> OPEN = Set.of(
            "createEntityMap",
            "createEntityMapByPost",
            "createTemporalEntityMap",
            "createTemporalEntityMapByPost",
            "downloadHistoryAsCsv",
            "downloadHistoryAsJson",
            "followEntities",
            "isAlive",
            "isReady",
            "listRejectedRecords",
            "listSources",
            "pushToSource",
            "queryBatch",
            "queryEntity",
            "queryTemporal",
            "queryTemporalBatch",
            "retrieveAttributeInfo",
            "retrieveAttributes",
            "retrieveContextSourceIdentity",
            "retrieveDescription",
            "retrieveDescriptionAsJson",
            "retrieveDescriptionAsYaml",
            "retrieveEntity",
            "retrieveEntityMap",
            "retrieveEntityTypeInfo",
            "retrieveEntityTypes",
            "retrieveProvenance",
            "retrievePublishedContext",
            "retrieveTemporal",
            "retrieveVerticalSchema",
            "serveContext");

    @TempDir
    static Path folder;

    private static EmonaServer server;
    private static HttpClient client;
    private static final Map<Role, String> KEYS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() {
        server = EmonaServer.start(
                Configuration.read(Settings.ALL, null, Map.of("server.port", "0", "data.folder", folder.toString())),
                true);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (Role role : Role.values()) {
            if (role != Role.ANONYMOUS) {
                KEYS.put(
                        role,
                        server.access()
                                .keys()
                                .create(role.word(), Set.of(Grant.everywhere(role)), 1, "test")
                                .secret());
            }
        }
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    /** The status of the answer, and what kind of refusal it is; empty for none. */
    private record Answered(int status, String refusal) {}

    private static Answered send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(
                        method,
                        method.equals("GET") || method.equals("DELETE")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString("{}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            // a stream of events has no end
            String text = answer.statusCode() >= 400 ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "";
            String refusal = text.contains("/errors/Unauthorized") || text.contains("/errors/AccessDenied") ? text : "";
            return new Answered(answer.statusCode(), refusal);
        }
    }

    private static String path(Operation operation) {
        String path = operation.path();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.place() == Parameter.Place.PATH) {
                String value = parameter.name().equals("id") ? "urn:ngsi-ld:None:0" : "none";
                path = path.replaceFirst("\\{" + parameter.name() + "\\*?}", value);
            }
        }
        return path;
    }

    @Test
    void everyOperationLetsInExactlyTheRolesOfThePolicy() throws Exception {
        Policy policy = Policy.shipped();
        Set<String> wrong = new TreeSet<>();
        int tried = 0;
        for (Operation operation : server.operations().list()) {
            for (Role role : Role.values()) {
                boolean isAllowed = policy.roles(operation.right()).contains(role)
                        || policy.roles(operation.right()).contains(Role.ANONYMOUS);
                String key = KEYS.get(role);
                Answered answered = key == null
                        ? send(operation.method(), path(operation))
                        : send(operation.method(), path(operation), "Authorization", "Bearer " + key);
                int refused = key == null ? 401 : 403;
                boolean isRight = isAllowed
                        ? answered.refusal().isEmpty()
                        : answered.status() == refused && !answered.refusal().isEmpty();
                if (!isRight) {
                    wrong.add(operation.id() + " as " + role.word() + ": " + answered);
                }
                tried++;
            }
        }
        System.out.println(server.operations().list().size() + " operations, " + Role.values().length + " roles, "
                + tried + " requests, " + wrong.size() + " wrong.");
        assertThat(wrong).isEmpty();
    }

    @Test
    void everybodyMayDoWhatIsListedHereAndNothingElse() {
        Set<String> open = new TreeSet<>();
        for (Operation operation : server.operations().list()) {
            if (Policy.shipped().roles(operation.right()).contains(Role.ANONYMOUS)) {
                open.add(operation.id());
            }
        }
        assertThat(open).isEqualTo(new TreeSet<>(OPEN));
    }

    @Test
    void nothingOfOtherTenantsIsOpen() throws Exception {
        for (Operation operation : server.operations().list()) {
            assertThat(send(operation.method(), path(operation), "NGSILD-Tenant", "school")
                            .status())
                    .as(operation.id())
                    .isEqualTo(401);
            assertThat(send(operation.method(), path(operation), "NGSILD-Snapshot", "urn:x:1")
                            .status())
                    .as(operation.id())
                    .isEqualTo(401);
        }
    }

    @Test
    void aWrongKeyIsRefusedEverywhereEvenWhereNoneIsNeeded() throws Exception {
        for (Operation operation : server.operations().list()) {
            Answered answered =
                    send(operation.method(), path(operation), "Authorization", "Bearer emona_" + "A".repeat(43));
            assertThat(answered.status()).as(operation.id()).isEqualTo(401);
        }
    }

    @Test
    void pagesAndFormsThatAreNotPublicLetNobodyIn() throws Exception {
        int tried = 0;
        for (String route : server.operations().router().routes()) {
            String[] parts = route.split(" ");
            String plain = parts[1].replaceFirst("^/en", "");
            if (!plain.startsWith("/console") && !plain.startsWith("/account") && !plain.startsWith("/forms")) {
                continue;
            }
            String path = parts[1].replaceAll("\\{[^}]*}", "none");
            Answered answered = send(parts[0], path, "Accept", "text/html", "Sec-Fetch-Site", "same-origin");
            assertThat(answered.status()).as(route).isEqualTo(parts[0].equals("GET") ? 303 : 401);
            tried++;
        }
        assertThat(tried).isGreaterThan(50);
    }

    @Test
    void everyOtherChangeOfTheRouterIsKnown() {
        List<String> operations = server.operations().list().stream()
                .map(operation -> operation.method() + " " + operation.path())
                .toList();
        Set<String> others = new TreeSet<>();
        for (String route : server.operations().router().routes()) {
            String bare = route.replaceFirst("(?<=.)/$", "");
            if (!route.startsWith("GET ") && !operations.contains(bare) && !operations.contains(route)) {
                others.add(route);
            }
        }
        others.removeIf(route -> route.contains(" /console/") || route.contains(" /en/console/"));
        others.removeIf(route -> route.contains(" /account/") || route.contains(" /en/account/"));
        // refused in any case: what lacks the id of an entity or the name of an attribute
        others.removeIf(route -> route.contains("//attrs") || route.contains("/attrs//"));
        assertThat(others)
                .containsExactlyInAnyOrder(
                        "PUT /ngsi-ld/v1/entities",
                        "PUT /ngsi-ld/v1/entities/",
                        "PATCH /ngsi-ld/v1/entities",
                        "PATCH /ngsi-ld/v1/entities/",
                        "POST /forms/alerts/{id}",
                        "POST /forms/indicators/{id}",
                        "POST /sign-in",
                        "POST /en/sign-in",
                        "POST /sign-in/code",
                        "POST /en/sign-in/code",
                        "POST /sign-out",
                        "POST /en/sign-out",
                        "POST /welcome/{link}",
                        "POST /en/welcome/{link}");
    }
}
