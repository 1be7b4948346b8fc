package city.emona.vertical.life;

import city.emona.json.Json;
import city.emona.vertical.Models;
import city.emona.vertical.PackageContent;
import city.emona.vertical.Vertical;
import java.nio.charset.StandardCharsets;

/** What of a package others rely on for good once it is published: its terms and schemas. */
final class PublishedModels {
    private PublishedModels() {}

    /** The same for the same models. */
    static String digest(PackageContent content, Vertical vertical) {
        StringBuilder text = new StringBuilder(Json.text(vertical.models().context()));
        for (Models.EntityType type : vertical.models().types()) {
            byte[] schema = content.files().get(type.schemaFile());
            text.append('\n')
                    .append(type.iri())
                    .append(' ')
                    .append(schema == null ? "" : PackageContent.digest(schema));
        }
        return PackageContent.digest(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
