package city.emona.portal;

import city.emona.http.Response;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.Map;

/** The page templates, compiled with the program. */
public final class Templates {
    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "city.emona.portal.pages");

    private Templates() {}

    /**
     * Renders a page.
     *
     * @param template the file under {@code src/main/jte} without its ending: {@code home}
     */
    public static Response page(int status, String template, Map<String, Object> parameters) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        ENGINE.render(template + ".jte", parameters, output);
        return Response.html(status, output.toByteArray());
    }
}
