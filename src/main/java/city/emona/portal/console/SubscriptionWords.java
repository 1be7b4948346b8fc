package city.emona.portal.console;

import city.emona.context.TermTable;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says in words what a subscription watches, with the names that the verticals give to types and attributes. */
final class SubscriptionWords {
    private final Verticals verticals;
    private final TermTable terms;
    private final Language language;
    private final Texts texts;

    SubscriptionWords(Verticals verticals, TermTable terms, Language language) {
        this.verticals = verticals;
        this.terms = terms;
        this.language = language;
        this.texts = Texts.of(language);
    }

    /** What is watched, with what the conditions are; each a part of a sentence. */
    List<String> of(ObjectNode subscription) {
        List<String> words = new ArrayList<>();
        words.add(what(subscription));
        subscription.path("entities").forEach(entity -> selection(entity).ifPresent(words::add));
        if (subscription.has("q")) {
            words.add(texts.text("console.watch.q", subscription.path("q").asString()));
        }
        if (subscription.has("scopeQ")) {
            words.add(texts.text(
                    "console.watch.scope", subscription.path("scopeQ").asString()));
        }
        JsonNode geo = subscription.path("geoQ");
        if (!geo.isMissingNode()) {
            words.add(texts.text(
                    "console.watch.place",
                    geo.path("georel").asString(""),
                    geo.path("geometry").asString("")));
        }
        if (subscription.has("throttling")) {
            words.add(texts.text(
                    "console.watch.throttling", subscription.path("throttling").asString("")));
        }
        return words;
    }

    private String what(ObjectNode subscription) {
        List<String> types = new ArrayList<>();
        subscription.path("entities").forEach(entity -> {
            if (entity.has("type")) {
                types.add(typeTitle(entity.path("type").asString("")));
            }
        });
        String of = types.isEmpty()
                ? texts.text("console.watch.anything")
                : types.stream().distinct().collect(Collectors.joining(", "));
        if (subscription.has("timeInterval")) {
            return texts.text(
                    "console.watch.periodic",
                    of,
                    subscription.path("timeInterval").asString(""));
        }
        Set<String> attributes = new LinkedHashSet<>();
        subscription.path("watchedAttributes").forEach(name -> attributes.add(attributeTitle(name.asString(""))));
        String changes = attributes.isEmpty()
                ? texts.text("console.watch.all", of)
                : texts.text("console.watch.some", of, String.join(", ", attributes));
        JsonNode triggers = subscription.path("notificationTrigger");
        if (triggers.isMissingNode()) {
            return changes;
        }
        List<String> kinds = new ArrayList<>();
        triggers.forEach(trigger -> kinds.add(texts.text("console.trigger." + trigger.asString(""))));
        return changes + " (" + String.join(", ", kinds) + ")";
    }

    private Optional<String> selection(JsonNode entity) {
        if (entity.has("id")) {
            return Optional.of(texts.text("console.watch.id", entity.path("id").asString("")));
        }
        if (entity.has("idPattern")) {
            return Optional.of(
                    texts.text("console.watch.pattern", entity.path("idPattern").asString("")));
        }
        return Optional.empty();
    }

    private String typeTitle(String selection) {
        return verticals
                .findView(terms.expand(selection))
                .map(view -> language.pick(view.title()))
                .orElse(selection);
    }

    private String attributeTitle(String term) {
        String name = terms.expand(term);
        return verticals.list().stream()
                .map(Vertical::views)
                .flatMap(List::stream)
                .map(View::columns)
                .flatMap(List::stream)
                .filter(column -> column.attribute().equals(name))
                .findFirst()
                .map(column -> language.pick(column.title()))
                .orElse(term);
    }
}
