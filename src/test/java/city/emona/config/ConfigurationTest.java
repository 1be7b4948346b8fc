package city.emona.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final Setting<Integer> PORT = Setting.number("server.port", "The port.", 8080, 0, 65_535);
    private static final Setting<String> HOST = Setting.text("server.host", "The host.", "127.0.0.1");
    private static final List<Setting<?>> ALL = List.of(PORT, HOST);

    @TempDir
    Path folder;

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("emona.yaml"), yaml);
    }

    @Test
    void takesTheCommandLineBeforeTheFileBeforeTheDefault() throws IOException {
        Path file = file("server:\n  port: 9000\n");

        assertThat(Configuration.read(ALL, null, Map.of()).get(PORT)).isEqualTo(8080);
        assertThat(Configuration.read(ALL, file, Map.of()).get(PORT)).isEqualTo(9000);
        assertThat(Configuration.read(ALL, file, Map.of("server.port", "1")).get(PORT))
                .isEqualTo(1);
        assertThat(Configuration.read(ALL, file, Map.of()).get(HOST)).isEqualTo("127.0.0.1");
    }

    @Test
    void tellsAllErrorsAtOnceWithKeyValueAndRemedy() throws IOException {
        Path file = file("server:\n  port: many\n  prot: 1\n  host: [a]\n");

        assertThatThrownBy(() -> Configuration.read(ALL, file, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("3 errors")
                .hasMessageContaining("server.port: »many« is not right. Use a whole number from 0 to 65535.")
                .hasMessageContaining("server.prot: there is no such setting. Remove it")
                .hasMessageContaining("server.host: [a] is a list. Use a single value.");
    }

    @Test
    void refusesAFileThatIsMissingOrNoYaml() throws IOException {
        assertThatThrownBy(() -> Configuration.read(ALL, folder.resolve("none.yaml"), Map.of()))
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("--config");
        assertThatThrownBy(() -> Configuration.read(ALL, file("a: [1"), Map.of()))
                .hasMessageContaining("not valid YAML");
        assertThatThrownBy(() -> Configuration.read(ALL, file("just text"), Map.of()))
                .hasMessageContaining("no YAML mapping");
    }
}
