package city.emona.vertical.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.store.ContextStore;
import city.emona.store.local.LocalStore;
import city.emona.vertical.LocalizedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of verticals: packages that wait, answers, and what was done. */
class RegisterTest {
    @TempDir
    Path folder;

    private ContextStore store;
    private LifeCycle life;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder.resolve("data"), 0, Clock.systemUTC());
        life = new LifeCycle(new Estate(
                store,
                new Contexts(url -> {
                    throw new AssertionError("asked for " + url);
                }),
                folder.resolve("data"),
                folder.resolve("bundled"),
                List.of(),
                OutgoingGate.PUBLIC_ONLY,
                new SecretFiles(folder.resolve("data"), _ -> null),
                Optional.empty(),
                _ -> List.of(),
                Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        life.close();
        store.close();
    }

    private Order order(Order.Action action, SamplePackage sample, Map<String, String> answers) {
        PackageReport report = life.upload(sample.zip());
        assertThat(report.findings()).isEmpty();
        return Order.of(action, report.digest(), answers);
    }

    @Test
    void keepsAnUploadedPackageForAnHour() throws IOException {
        Order order = order(Order.Action.INSTALL, new SamplePackage(), Map.of());
        Path waiting = folder.resolve("data/verticals").resolve(order.digest());
        Files.setLastModifiedTime(waiting, FileTime.from(Instant.now().minus(Duration.ofMinutes(59))));
        assertThat(life.plan(order).isRefused()).isFalse();
        Files.setLastModifiedTime(waiting, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        assertThatThrownBy(() -> life.plan(order)).hasMessageContaining("upload it first");
        order(Order.Action.INSTALL, new SamplePackage().version("1.2.0"), Map.of());
        assertThat(waiting).doesNotExist();
    }

    @Test
    void remembersWhatWasDoneOrderByOrder() {
        life.apply(order(Order.Action.INSTALL, new SamplePackage(), Map.of()), "");
        life.edit("fountains", "data/fountains.json", "[]".getBytes(StandardCharsets.UTF_8));
        life.apply(order(Order.Action.UPGRADE, new SamplePackage().version("1.1.0"), Map.of()), "");
        life.apply(Order.of(Order.Action.REMOVE, "fountains"), "");
        close();
        open();
        List<DoneOrder> done = life.register().listOrders("fountains");
        assertThat(done)
                .extracting(order -> order.deed() + " " + order.from() + " " + order.to())
                .containsExactly("REMOVE 1.1.0 ", "UPGRADE 1.0.0 1.1.0", "EDIT 1.0.0 1.0.0", "INSTALL  1.0.0");
        assertThat(done.get(2).parts())
                .containsExactly(new DoneOrder.Part(Plan.Effect.CHANGE, "files", "data/fountains.json"));
        Standing standing = life.register().find("fountains").orElseThrow();
        assertThat(standing.state()).isEqualTo(Standing.State.REMOVED);
        assertThat(life.keepPackage("fountains"))
                .isEqualTo(new SamplePackage().version("1.1.0").content().digest());
    }

    @Test
    void takesAnAnswerBackWhereNoneHasToBeGiven() {
        SamplePackage asking = new SamplePackage().edit("vertical.yaml", "sources:\n", """
                        questions:
                          - {id: limit, kind: number, title: {sl: Meja, en: Limit}, default: 2}
                          - {id: note, kind: text, title: {sl: Opomba, en: Note}}
                        sources:
                        """);
        life.apply(order(Order.Action.INSTALL, asking, Map.of("limit", "5", "note", "x")), "");
        Order back = order(Order.Action.UPGRADE, asking, Map.of("limit", ""));
        assertThat(life.apply(back, "").plan().isRefused()).isFalse();
        assertThat(life.findLedger("fountains").orElseThrow().answers()).containsOnly(Map.entry("note", "x"));
        Order needed = order(Order.Action.UPGRADE, asking, Map.of("note", ""));
        assertThat(life.plan(needed).refusals())
                .extracting(LocalizedText::en)
                .anyMatch(refusal -> refusal.contains("»Note« is empty"));
    }

    @Test
    void saysWhatIsBrokenInWhatRuns() {
        SamplePackage needing = new SamplePackage()
                .edit("vertical.yaml", "sources:\n", "requires: {verticals: {pipes: ^1}}\nsources:\n");
        Plan plan = life.plan(order(Order.Action.INSTALL, needing, Map.of()));
        assertThat(plan.refusals())
                .extracting(LocalizedText::en)
                .contains("It needs the vertical pipes ^1; running: –.");
        assertThat(life.register().list()).isEmpty();
        assertThatThrownBy(() -> life.register().get("fountains")).hasMessageContaining("no vertical fountains");
    }
}
