package city.emona.vertical.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.http.OutgoingGate;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.EntityWrite;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.SemanticVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LifeCycleTest {
    private static final String FLOW = "https://example.org/ns/flow";
    private static final String LITRES = "https://example.org/ns/litres";
    private static final String MIGRATION = """
            migrations:
              - from: ^1
                types: {Fountain: migrations/2.jsonata}
            """;

    @TempDir
    Path folder;

    private ContextStore store;
    private LifeCycle life;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder.resolve("data"), 0, Clock.systemUTC());
        life = new LifeCycle(estate());
    }

    private Estate estate() {
        Contexts contexts = new Contexts(url -> {
            throw new AssertionError("asked for " + url);
        });
        return new Estate(
                store,
                contexts,
                folder.resolve("data"),
                folder.resolve("bundled"),
                List.of(),
                OutgoingGate.PUBLIC_ONLY,
                new SecretFiles(folder.resolve("data"), _ -> null),
                SemanticVersion.parse("0.1.0"),
                names -> names.contains(FLOW) ? List.of("urn:sub:1") : List.of(),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        life.close();
        store.close();
    }

    private void reopen() {
        close();
        open();
    }

    private Order order(Order.Action action, SamplePackage sample, Map<String, String> answers) {
        PackageReport report = life.upload(sample.zip());
        assertThat(report.findings()).isEmpty();
        return Order.of(action, report.digest(), answers);
    }

    private Plan install(SamplePackage sample) throws InterruptedException {
        Plan plan =
                life.apply(order(Order.Action.INSTALL, sample, Map.of()), "").plan();
        life.awaitRuns();
        return plan;
    }

    private Plan upgrade(SamplePackage sample) throws InterruptedException {
        Plan plan =
                life.apply(order(Order.Action.UPGRADE, sample, Map.of()), "").plan();
        life.awaitRuns();
        return plan;
    }

    private String version() {
        return life.current().find("fountains").map(v -> v.version().toString()).orElse("none");
    }

    private static List<String> english(List<LocalizedText> texts) {
        return texts.stream().map(LocalizedText::en).toList();
    }

    private void put(int number) {
        List<EntityWrite> writes = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Entity entity = EntityReader.read(
                    Json.parse("{\"id\":\"urn:ngsi-ld:Fountain:" + i + "\",\"type\":\"" + SamplePackage.TYPE
                            + "\",\"https://example.org/ns/name\":{\"type\":\"Property\",\"value\":\"Trg\"},\"" + FLOW
                            + "\":{\"type\":\"Property\",\"value\":" + i + "}}"),
                    TermTable.core(),
                    1);
            writes.add(EntityWrite.create(entity));
        }
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, writes));
    }

    private Optional<String> value(int number, String attribute) {
        return store.findEntity(Tenant.DEFAULT, "urn:ngsi-ld:Fountain:" + number)
                .flatMap(stored -> stored.entity().findValue(attribute))
                .map(Json::text);
    }

    private static SamplePackage second() {
        return new SamplePackage()
                .version("2.0.0")
                .edit("models/context.jsonld", "\"flow\": \"" + FLOW + "\"", "\"litres\": \"" + LITRES + "\"")
                .edit("models/Fountain.schema.json", "\"flow\"", "\"litres\"")
                .edit("mappings/list.jsonata", "\"flow\": {", "\"litres\": {")
                .edit("examples/list.expected.json", "\"flow\"", "\"litres\"")
                .edit("vertical.yaml", "attribute: flow", "attribute: litres")
                .edit("vertical.yaml", "examples:\n", MIGRATION + "examples:\n")
                .with("migrations/2.jsonata", """
                        flow.value = 13 ? $reject("nesreča", "bad luck")
                          : {"id": id, "type": type, "name": name, "litres": {"value": flow.value * 60}}
                        """);
    }

    @Test
    void showsWhatItWouldDoAndDoesExactlyThat() throws InterruptedException {
        Order order = order(Order.Action.INSTALL, new SamplePackage(), Map.of());
        Plan plan = life.plan(order);
        assertThat(version()).isEqualTo("none");
        assertThat(plan.changes())
                .extracting(change -> change.effect() + " " + change.kind() + " " + change.id())
                .contains(
                        "CREATE sources list",
                        "CREATE views Fountain",
                        "CREATE types Fountain",
                        "CREATE context models/context.jsonld");
        assertThat(plan.changes().getFirst().seenBy().en()).contains("everyone");

        assertThatThrownBy(() -> life.apply(order, "0123456789abcdef"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("would be another now");
        assertThat(version()).isEqualTo("none");
        life.apply(order, plan.hash());
        assertThat(version()).isEqualTo("1.0.0");
        assertThatThrownBy(() -> life.apply(order, plan.hash())).hasMessageContaining("would be another now");

        reopen();
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(life.findLedger("fountains").orElseThrow().files())
                .containsKeys("vertical.yaml", "mappings/list.jsonata");
    }

    @Test
    void refusesOtherContentUnderTheSameVersionAlsoAfterRemoval() throws InterruptedException {
        install(new SamplePackage());
        SamplePackage other = new SamplePackage().edit("models/Fountain.schema.json", "\"state\"", "\"status\"");
        assertThatThrownBy(() -> upgrade(other)).hasMessageContaining("with other content");
        life.apply(Order.of(Order.Action.REMOVE, "fountains"), "");
        assertThat(version()).isEqualTo("none");
        assertThatThrownBy(() -> install(other)).hasMessageContaining("published already with other content");
        install(new SamplePackage());
        assertThat(version()).isEqualTo("1.0.0");
    }

    @Test
    void refusesWhatBreaksWithoutANewMajorVersionAndSaysWhom() throws InterruptedException {
        install(new SamplePackage());
        Plan plan = life.plan(order(Order.Action.UPGRADE, second().version("1.1.0"), Map.of()));
        assertThat(english(plan.refusals()))
                .anyMatch(why -> why.contains("the term flow is gone"))
                .anyMatch(why -> why.contains("Views: fountains/Fountain"))
                .anyMatch(why -> why.contains("Subscriptions: urn:sub:1"))
                .anyMatch(why -> why.contains("new major version (2.0.0)"));
        Plan narrowed = life.plan(order(
                Order.Action.UPGRADE,
                new SamplePackage()
                        .version("1.1.0")
                        .edit("models/Fountain.schema.json", "[\"on\", \"off\"]", "[\"on\"]")
                        .edit("models/Fountain.schema.json", "\"type\", \"name\"]", "\"type\", \"name\", \"flow\"]"),
                Map.of()));
        assertThat(english(narrowed.refusals()))
                .anyMatch(why ->
                        why.contains("state has fewer possible values") && why.contains("flow becomes required"));
    }

    @Test
    void migratesEntitiesAndRollsThemBack() throws InterruptedException {
        install(new SamplePackage());
        put(450);
        Plan plan = life.plan(order(Order.Action.UPGRADE, second(), Map.of()));
        assertThat(english(plan.notes()))
                .contains("Migration: 450 entities, failures 1.")
                .anyMatch(note -> note.contains("Fountain:13: bad luck"));
        assertThat(value(1, FLOW)).contains("1");

        upgrade(second());
        assertThat(version()).isEqualTo("2.0.0");
        assertThat(value(449, LITRES)).contains("26940");
        assertThat(value(449, FLOW)).isEmpty();
        assertThat(value(13, FLOW)).contains("13");
        Run run = life.findLedger("fountains").orElseThrow().findRun().orElseThrow();
        assertThat(run.done()).isEqualTo(449);
        assertThat(run.failures()).containsExactly("urn:ngsi-ld:Fountain:13: bad luck");

        life.apply(Order.of(Order.Action.ROLLBACK, "fountains"), "");
        life.awaitRuns();
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(value(449, FLOW)).contains("449");
        assertThat(value(449, LITRES)).isEmpty();
        assertThatThrownBy(() -> life.apply(Order.of(Order.Action.ROLLBACK, "fountains"), ""))
                .hasMessageContaining("no version before");
    }

    @Test
    void goesOnWithAMigrationThatWasInterrupted() throws InterruptedException {
        install(new SamplePackage());
        put(3_000);
        Order order = order(Order.Action.UPGRADE, second(), Map.of());
        life.apply(order, "");
        life.close();
        Run stopped = life.findLedger("fountains").orElseThrow().findRun().orElseThrow();
        reopen();
        assertThat(life.resting()).isEqualTo(stopped.isFinished() ? Set.of() : Set.of("fountains"));
        life.resume();
        life.awaitRuns();
        Run run = life.findLedger("fountains").orElseThrow().findRun().orElseThrow();
        assertThat(run.isFinished()).isTrue();
        assertThat(run.done()).isEqualTo(2_999);
        assertThat(value(2_999, LITRES)).contains("179940");
        assertThat(life.resting()).isEmpty();
    }

    @Test
    void keepsLocalEditsThroughUpgrades() throws InterruptedException {
        install(new SamplePackage());
        String mapping = new String(life.file("fountains", "mappings/list.jsonata"), StandardCharsets.UTF_8);
        String yaml = new String(life.file("fountains", "vertical.yaml"), StandardCharsets.UTF_8);
        life.edit("fountains", "mappings/list.jsonata", utf8(mapping.replace("name}", "$titleCase(name)}")));
        life.edit("fountains", "vertical.yaml", utf8(yaml.replace("every: 1h", "every: 5m")));
        assertThatThrownBy(() -> life.edit("fountains", "vertical.yaml", utf8(yaml.replace("1.0.0", "1.0.1"))))
                .hasMessageContaining("cannot be changed here");
        assertThatThrownBy(() -> life.edit("fountains", "mappings/list.jsonata", utf8("(((")))
                .hasMessageContaining("JSONata");
        assertThatThrownBy(() -> life.edit("fountains", "../x", utf8("x"))).hasMessageContaining("not a path");

        Plan plan =
                upgrade(new SamplePackage().version("1.1.0").edit("vertical.yaml", "unit: l/min", "unit: litre/min"));
        assertThat(plan.changes())
                .extracting(c -> c.effect() + " " + c.id())
                .contains("KEEP vertical.yaml", "KEEP mappings/list.jsonata");
        var vertical = life.current().find("fountains").orElseThrow();
        assertThat(vertical.sources().getFirst().every()).hasMinutes(5);
        assertThat(vertical.views().getFirst().columns().getFirst().unit()).isEqualTo("litre/min");
        assertThat(vertical.sources().getFirst().mapping().expression()).contains("$titleCase");

        SamplePackage clash = new SamplePackage().version("1.2.0").edit("vertical.yaml", "every: 1h", "every: 2h");
        Order order = order(Order.Action.UPGRADE, clash, Map.of());
        assertThatThrownBy(() -> life.apply(order, "")).hasMessageContaining("changed the same lines: vertical.yaml");
        assertThat(life.plan(order.withEdits(Order.Edits.KEEP)).refusals()).isEmpty();
        life.apply(order.withEdits(Order.Edits.PACKAGE), "");
        assertThat(life.current()
                        .find("fountains")
                        .orElseThrow()
                        .sources()
                        .getFirst()
                        .every())
                .hasHours(2);
        life.apply(Order.of(Order.Action.ROLLBACK, "fountains"), "");
        assertThat(life.current()
                        .find("fountains")
                        .orElseThrow()
                        .sources()
                        .getFirst()
                        .every())
                .hasMinutes(5);
        life.revert("fountains", "vertical.yaml");
        assertThat(life.current()
                        .find("fountains")
                        .orElseThrow()
                        .sources()
                        .getFirst()
                        .every())
                .hasHours(1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void asksQuestionsAndShowsNoSecret() throws IOException, InterruptedException {
        SamplePackage sample = new SamplePackage()
                .edit("vertical.yaml", "connector: file", "connector: http")
                .edit(
                        "vertical.yaml",
                        "address: data/fountains.json",
                        "address: https://example.org/${district}?key=${apiKey}")
                .edit("vertical.yaml", "models:\n", """
                        questions:
                          - {id: district, kind: choice, title: {sl: Četrt, en: District},
                             choices: [{value: center, title: {sl: Center, en: Centre}}]}
                          - {id: apiKey, kind: secret, title: {sl: Ključ, en: Key}}
                        models:
                        """);
        Plan open = life.plan(order(Order.Action.INSTALL, sample, Map.of("district", "nowhere", "color", "red")));
        assertThat(english(open.refusals()))
                .anyMatch(why -> why.contains("Key (apiKey)"))
                .anyMatch(why -> why.contains("not among the choices"))
                .anyMatch(why -> why.contains("does not ask for »color«"));
        Order order = order(Order.Action.INSTALL, sample, Map.of("district", "center", "apiKey", "hunter2-secret"));
        Plan plan = life.plan(order);
        assertThat(plan.refusals()).isEmpty();
        assertThat(Json.text(plan.toJson())).contains("center").doesNotContain("hunter2");
        life.apply(order, plan.hash());
        var source = life.current().find("fountains").orElseThrow().sources().getFirst();
        assertThat(source.address()).isEqualTo("https://example.org/center?key=${apiKey}");
        SecretFiles secrets = new SecretFiles(folder.resolve("data"), _ -> null);
        assertThat(secrets.reveal("fountains", source.address())).endsWith("key=hunter2-secret");
        try (Stream<Path> files = Files.list(folder.resolve("data/secrets"))) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(new String(
                        store.findDocument(Tenant.DEFAULT, PackageStore.LEDGERS, "fountains")
                                .orElseThrow(),
                        StandardCharsets.UTF_8))
                .doesNotContain("hunter2");
        assertThat(new SecretFiles(folder, Map.of("EMONA_SECRET_FOUNTAINS_APIKEY", "of the environment")::get)
                        .find("fountains", "apiKey"))
                .contains("of the environment");
        life.apply(Order.of(Order.Action.REMOVE, "fountains"), "");
        assertThat(secrets.find("fountains", "apiKey")).isEmpty();
    }

    @Test
    void holdsRequirementsAgainstWhatRuns() throws InterruptedException {
        Plan future = life.plan(order(
                Order.Action.INSTALL,
                new SamplePackage()
                        .edit(
                                "vertical.yaml",
                                "models:\n",
                                "requires: {emona: '>=7', verticals: {water: ^2}}\nmodels:\n"),
                Map.of()));
        assertThat(english(future.refusals()))
                .contains("It needs Emona >=7, but 0.1.0 runs.", "It needs the vertical water ^2; running: –.");
        install(new SamplePackage());
        assertThatThrownBy(() -> upgrade(new SamplePackage()
                        .version("1.1.0")
                        .edit("vertical.yaml", "publisher: example", "publisher: other")))
                .hasMessageContaining("another publisher");
        assertThatThrownBy(() -> upgrade(new SamplePackage().version("0.9.0")))
                .hasMessageContaining("roll back instead");
    }

    @Test
    void removesKeepsExportsOrDeletesData() throws IOException, InterruptedException {
        install(new SamplePackage());
        put(300);
        LifeCycle.Outcome exported =
                life.apply(Order.of(Order.Action.REMOVE, "fountains").withEntities(Order.Entities.EXPORT), "");
        assertThat(Files.readAllLines(exported.file().orElseThrow())).hasSize(300);
        assertThat(store.countEntities(Tenant.DEFAULT)).isEqualTo(300);

        install(new SamplePackage());
        life.apply(Order.of(Order.Action.REMOVE, "fountains").withEntities(Order.Entities.DELETE), "");
        life.awaitRuns();
        assertThat(store.countEntities(Tenant.DEFAULT)).isZero();
        assertThat(store.findHistory(Tenant.DEFAULT, "urn:ngsi-ld:Fountain:7")).isEmpty();
        assertThat(life.findLedger("fountains").orElseThrow().removed()).isTrue();
    }

    @Test
    void takesABundledVerticalOverAndHidesItOnceRemoved() throws InterruptedException {
        new SamplePackage().content().writeTo(folder.resolve("bundled/fountains"));
        reopen();
        assertThat(version()).isEqualTo("1.0.0");
        upgrade(new SamplePackage().version("1.1.0"));
        assertThat(version()).isEqualTo("1.1.0");
        life.apply(Order.of(Order.Action.ROLLBACK, "fountains"), "");
        assertThat(version()).isEqualTo("1.0.0");
        life.apply(Order.of(Order.Action.REMOVE, "fountains"), "");
        reopen();
        assertThat(version()).isEqualTo("none");
    }
}
