package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.SettingsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/configuration.md} true; the system property {@code emona.write-docs} writes it anew. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs", "configuration.md");

    @Test
    void thePageListsTheSettingsOfTheProgram() throws IOException {
        String page = SettingsPage.markdown(Settings.ALL);
        if (Boolean.getBoolean("emona.write-docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }
}
