package city.emona.portal;

import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.vertical.Column;
import city.emona.vertical.CountedNoun;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How entities are shown of whose type no vertical says so: every attribute under the last part of its name. */
final class UndeclaredView {
    private static final String NAME = "https://smartdatamodels.org/name";

    private UndeclaredView() {}

    static View of(Entity entity) {
        String type = localName(entity.types().getFirst());
        return new View(
                entity.types().getFirst(),
                type,
                LocalizedText.same(type),
                new CountedNoun(List.of("zapis", "zapisa", "zapisi", "zapisov"), List.of("record", "records")),
                NAME,
                Duration.ofDays(36_500),
                entity.attributes().stream()
                        .map(Attribute::name)
                        .map(UndeclaredView::column)
                        .toList(),
                List.of(),
                null);
    }

    static Column column(String attribute) {
        String name = localName(attribute);
        return new Column(attribute, name, LocalizedText.same(name), "", 2, Map.of(), true, List.of());
    }

    static String localName(String iri) {
        return iri.substring(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1);
    }
}
