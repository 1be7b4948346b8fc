package city.emona.portal;

import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.vertical.Column;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.Vertical;
import city.emona.vertical.View;
import city.emona.vertical.provenance.Origin;
import city.emona.vertical.provenance.Origins;
import city.emona.vertical.provenance.Origins.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says of an entity's values where they come from. */
final class OriginViews {
    private static final int DIGEST_SHOWN = 12;
    private static final String LOCATION = "https://uri.etsi.org/ngsi-ld/location";

    private final Desk desk;
    private final Origins origins;

    OriginViews(Desk desk, Origins origins) {
        this.desk = desk;
        this.origins = origins;
    }

    /** One view for each origin that gave something that is there now; none where sources gave nothing. */
    List<OriginView> of(Entity entity, Language language) {
        Map<String, Stretch> byAttribute = origins.byAttribute(entity.id());
        Map<Stretch, List<Attribute>> groups = new LinkedHashMap<>();
        for (Attribute attribute : entity.attributes()) {
            Stretch stretch = byAttribute.get(attribute.name());
            if (stretch != null && !attribute.name().equals(PlatformTerms.IS_DEMO)) {
                groups.computeIfAbsent(stretch, _ -> new ArrayList<>()).add(attribute);
            }
        }
        Optional<View> view = desk.findShowing(entity).map(Desk.Showing::view);
        return groups.entrySet().stream()
                .map(group -> view(group.getKey(), group.getValue(), view, language))
                .toList();
    }

    private OriginView view(Stretch stretch, List<Attribute> attributes, Optional<View> view, Language language) {
        Origin origin = stretch.origin();
        CityTime time = desk.time(language);
        Instant fetchedAt = Instant.ofEpochMilli(attributes.stream()
                .mapToLong(attribute -> attribute.main().modifiedAt())
                .max()
                .orElse(stretch.since()));
        return new OriginView(
                sourceName(origin, language),
                language.href("/status") + "#" + origin.source(),
                fetchedAt,
                time.dateTime(fetchedAt),
                Texts.of(language)
                        .text(
                                "origin.made",
                                origin.mapping(),
                                origin.digest()
                                        .substring(
                                                0,
                                                Math.min(
                                                        DIGEST_SHOWN,
                                                        origin.digest().length())),
                                origin.vertical(),
                                origin.version(),
                                time.dateTime(Instant.ofEpochMilli(stretch.since()))),
                attributes.stream()
                        .map(attribute -> title(attribute, view, language))
                        .toList());
    }

    private String sourceName(Origin origin, Language language) {
        Optional<Vertical> vertical = desk.verticals().get().find(origin.vertical());
        String own = origin.source().substring(origin.source().lastIndexOf(':') + 1);
        return vertical.flatMap(found -> found.findSource(own))
                .map(spec -> language.pick(spec.name()))
                .orElse(own);
    }

    private static String title(Attribute attribute, Optional<View> view, Language language) {
        Texts texts = Texts.of(language);
        if (attribute.name().equals(LOCATION)) {
            return texts.text("origin.location");
        }
        if (view.map(View::nameAttribute).filter(attribute.name()::equals).isPresent()) {
            return texts.text("origin.name");
        }
        return view.stream()
                .flatMap(found -> found.columns().stream())
                .filter(column -> column.attribute().equals(attribute.name()))
                .map(Column::title)
                .map(language::pick)
                .findFirst()
                .orElseGet(() -> UndeclaredView.localName(attribute.name()));
    }
}
