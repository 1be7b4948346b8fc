package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.Configuration;
import city.emona.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** What is in the folder {@code packaging} fits the program. */
class PackagingTest {
    private static final Path FOLDER = Path.of("packaging");
    private static final Pattern METRIC = Pattern.compile("\\bemona_[a-z_]+");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(emona_[a-z_]+)(?:\\{([^}]*)})? ");
    private static final Pattern OPTION = Pattern.compile(" (--[a-z]+)");

    @TempDir
    Path folder;

    private String metrics() throws IOException, InterruptedException {
        Map<String, String> settings = Map.of(Settings.DATA.key(), folder.toString(), Settings.PORT.key(), "0");
        try (EmonaServer server = EmonaServer.startOpen(Configuration.read(Settings.ALL, null, settings), false);
                HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create(server.address()).resolve("/metrics");
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static Set<String> metricsIn(List<String> texts) {
        Set<String> names = new TreeSet<>();
        texts.forEach(
                text -> METRIC.matcher(text).results().map(MatchResult::group).forEach(names::add));
        return names;
    }

    @Test
    void theDashboardAndTheAlertsAskForMetricsThatThereAre() throws Exception {
        JsonNode dashboard = Json.parse(Files.readAllBytes(FOLDER.resolve("grafana-dashboard.json")));
        JsonNode alerts = Json.fromPlain(new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(FOLDER.resolve("prometheus-alerts.yaml"))));
        List<String> shown = dashboard.findValuesAsString("expr");
        List<String> watched = alerts.findValuesAsString("expr");
        Set<String> offered = new HashSet<>();
        SAMPLE.matcher(metrics()).results().forEach(sample -> offered.add(sample.group(1)));

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(watched).hasSizeGreaterThan(6);
        assertThat(offered).containsAll(metricsIn(shown)).containsAll(metricsIn(watched));
        assertThat(metricsIn(dashboard.findValuesAsString("query")))
                .isNotEmpty()
                .isSubsetOf(offered);
        for (JsonNode rule : alerts.at("/groups/0/rules")) {
            assertThat(rule.at("/annotations/summary").asString())
                    .as(rule.path("alert").asString())
                    .endsWith(".");
            assertThat(rule.at("/annotations/remedy").asString())
                    .as(rule.path("alert").asString())
                    .endsWith(".");
        }
    }

    @Test
    void thePanelsDoNotOverlapAndHaveNumbersOfTheirOwn() throws IOException {
        JsonNode panels = Json.parse(Files.readAllBytes(FOLDER.resolve("grafana-dashboard.json")))
                .path("panels");
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : panels) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell = (place.path("x").asInt() + x) + "/"
                            + (place.path("y").asInt() + y);
                    assertThat(cells.add(cell))
                            .as(panel.path("title").asString())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theServiceAndTheContainerCallCommandsWithOptionsThatThereAre() throws IOException {
        String unit = Files.readString(FOLDER.resolve("emona.service"));
        assertThat(optionsOf(unit, "ExecStart=/opt/emona/emona start"))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(StartCommand.COMMAND.usage()).contains(option + " "));
        assertThat(optionsOf(unit, "ExecReload=/opt/emona/emona reload"))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(ReloadCommand.COMMAND.usage()).contains(option + " "));
        assertThat(unit).contains("NoNewPrivileges=yes").contains("ProtectSystem=strict");
        assertThat(Files.readString(FOLDER.resolve("Containerfile")))
                .contains("USER 10001")
                .contains("CMD [\"start\", \"--data\", \"/var/lib/emona\"]");
    }

    private static List<String> optionsOf(String unit, String beginning) {
        String line = unit.lines()
                .filter(one -> one.startsWith(beginning))
                .findFirst()
                .orElseThrow();
        return OPTION.matcher(line).results().map(match -> match.group(1)).toList();
    }
}
