package city.emona.vertical;

import city.emona.context.Contexts;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.Right;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The verticals of the city. One that is broken is left out with its findings and keeps no other from loading. Immutable.
 *
 * @param list by id
 * @param findings what is wrong with those left out; the files carry the name of the vertical's folder
 */
public record Verticals(List<Vertical> list, List<Finding> findings) {
    /** The path under which contexts are published. */
    public static final String CONTEXT_PATH = "/contexts/";

    /** The path of the context with the terms of all verticals and of the platform. */
    public static final String CITY_CONTEXT_PATH = CONTEXT_PATH + "emona.jsonld";

    public Verticals {
        list = List.copyOf(list);
        findings = List.copyOf(findings);
    }

    /**
     * Reads every vertical of a folder and registers its context and the compound context of the city, each under its path.
     *
     * @param moreContexts contexts of the city's own affairs, for the compound context
     */
    public static Verticals load(Path folder, Contexts contexts, JsonNode... moreContexts) {
        Verticals read = read(folder, contexts);
        return of(read.list(), read.findings(), contexts, moreContexts);
    }

    /** Reads every vertical of a folder, and registers nothing. */
    public static Verticals read(Path folder, Contexts contexts) {
        List<Vertical> list = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Path candidate : foldersIn(folder)) {
            Findings own = new Findings();
            VerticalReader.read(candidate, contexts, own).ifPresent(list::add);
            String name = candidate.getFileName().toString();
            own.list().forEach(f -> findings.add(new Finding(name + "/" + f.file(), f.line(), f.reason(), f.remedy())));
        }
        list.removeIf(vertical -> isMisnamed(vertical, findings));
        return new Verticals(list, findings);
    }

    /**
     * Some verticals together; registers their contexts and the compound context of the city, each under its path.
     *
     * @param found what is wrong with those left out
     * @param moreContexts contexts of the city's own affairs, for the compound context
     */
    public static Verticals of(List<Vertical> list, List<Finding> found, Contexts contexts, JsonNode... moreContexts) {
        List<Finding> findings = new ArrayList<>(found);
        for (Vertical vertical : list) {
            contexts.register(contextPath(vertical), vertical.models().document());
        }
        contexts.register(CITY_CONTEXT_PATH, compound(list, moreContexts, findings));
        return new Verticals(list, findings);
    }

    private static List<Path> foldersIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(VerticalReader.DESCRIPTION)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMisnamed(Vertical vertical, List<Finding> findings) {
        String name = vertical.folder().getFileName().toString();
        if (name.equals(vertical.id())) {
            return false;
        }
        findings.add(new Finding(
                name + "/" + VerticalReader.DESCRIPTION,
                0,
                "The folder »" + name + "« holds the vertical »" + vertical.id() + "«.",
                "Give both the same name."));
        return true;
    }

    /** The path of a vertical's context: {@code /contexts/air-quality/1.0.0.jsonld}. */
    public static String contextPath(Vertical vertical) {
        return CONTEXT_PATH + vertical.id() + "/" + vertical.version() + ".jsonld";
    }

    private static ObjectNode compound(List<Vertical> verticals, JsonNode[] more, List<Finding> findings) {
        ObjectNode terms = PlatformTerms.context();
        Map<String, String> owner = new HashMap<>();
        for (JsonNode context : more) {
            context.properties().forEach(term -> terms.set(term.getKey(), term.getValue()));
        }
        for (Vertical vertical : verticals) {
            vertical.models().context().properties().forEach(term -> {
                JsonNode present = terms.get(term.getKey());
                if (present == null) {
                    terms.set(term.getKey(), term.getValue());
                    owner.put(term.getKey(), vertical.id());
                } else if (!present.equals(term.getValue())) {
                    findings.add(new Finding(
                            vertical.id() + "/models",
                            0,
                            "The term »" + term.getKey() + "« means something else in "
                                    + owner.getOrDefault(term.getKey(), "the platform") + ".",
                            "In the city's compound context the other meaning stands; use the same, or another term."));
                }
            });
        }
        ObjectNode document = Json.object();
        document.set("@context", terms);
        return document;
    }

    /** Publishes every registered context under its path. */
    public static Operation publication(Contexts contexts) {
        return Operation.getFast(CONTEXT_PATH + "{path*}", request -> publish(contexts, request))
                .named("retrievePublishedContext", "Retrieve a context of the city or of a vertical", "")
                .requiring(Right.SERVICE_READ)
                .in("Read contexts")
                .with(Parameter.path(
                                "path", "The name: `emona.jsonld` for all verticals, or `<vertical>/<version>.jsonld`.")
                        .withExample("emona.jsonld"))
                .answering(Answer.of(200, "The context.", "JsonLdContext", "application/ld+json"))
                .refusing(ProblemType.RESOURCE_NOT_FOUND);
    }

    private static Response publish(Contexts contexts, Request request) {
        JsonNode document = contexts.findPublished(CONTEXT_PATH + request.parameter("path"))
                .orElseThrow(() -> Problem.notFound("There is no context at this address."));
        return Response.of(200, "application/ld+json", Json.bytes(document)).with("Access-Control-Allow-Origin", "*");
    }

    /** How long which history is kept, as all verticals say. */
    public List<Retention> listRetention() {
        return list.stream().flatMap(vertical -> vertical.history().stream()).toList();
    }

    /** A vertical by its id. */
    public Optional<Vertical> find(String id) {
        return list.stream().filter(v -> v.id().equals(id)).findFirst();
    }

    /** The view of a type, whichever vertical brings it. */
    public Optional<View> findView(String typeIri) {
        return list.stream()
                .flatMap(v -> v.views().stream())
                .filter(v -> v.type().equals(typeIri))
                .findFirst();
    }
}
