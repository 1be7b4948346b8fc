package city.emona.broker.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.delivery.Dispatch;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.store.Tenant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes subscriptions are told of (clauses 5.2.12 and 5.8.6). */
class SubscriptionMatcherTest {
    @TempDir
    Path folder;

    private Telling telling;

    @BeforeEach
    void start() {
        telling = new Telling(folder);
    }

    @AfterEach
    void stop() {
        telling.close();
    }

    private boolean isTold() {
        return !telling.dispatches().isEmpty();
    }

    private void put(String members) {
        telling.put("{\"id\": \"urn:t:1\", \"type\": \"T\"" + members + "}");
    }

    private void subscribe(String members) {
        telling.subscribe(members);
    }

    private void trigger(String name) {
        subscribe("{\"notificationTrigger\": [\"" + name + "\"]}");
    }

    @Test
    void tellsByDefaultOfAttributesThatAreNewOrOther() {
        subscribe("{}");
        put("");
        assertThat(isTold()).as("an entity without attributes").isFalse();
        put(", \"a\": 1");
        assertThat(isTold()).as("a new attribute").isTrue();
        telling.now.addAndGet(1_000);
        put(", \"a\": 1");
        assertThat(isTold()).as("the same again").isFalse();
        put(", \"a\": {\"value\": 1, \"unitCode\": \"CEL\"}");
        assertThat(isTold()).as("another member").isTrue();
        put(", \"a\": {\"value\": 1, \"unitCode\": \"CEL\", \"s\": 1}");
        assertThat(isTold()).as("a child").isTrue();
        put(", \"scope\": \"/A\", \"a\": {\"value\": 1, \"unitCode\": \"CEL\", \"s\": 1}");
        assertThat(isTold()).as("a scope").isFalse();
        put("");
        assertThat(isTold()).as("no attribute any more").isFalse();
        telling.delete("urn:t:1");
        assertThat(isTold()).as("a deletion").isFalse();
    }

    @Test
    void tellsOfEntitiesThatComeAndGo() {
        trigger("entityCreated");
        put("");
        assertThat(isTold()).isTrue();
        put(", \"a\": 1");
        assertThat(isTold()).isFalse();
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        trigger("entityDeleted");
        put(", \"a\": 2");
        assertThat(isTold()).isFalse();
        telling.delete("urn:t:1");
        assertThat(isTold()).isTrue();
    }

    @Test
    void tellsOfEachKindOfChangeOfAttributes() {
        trigger("attributeCreated");
        put(", \"a\": 1");
        assertThat(isTold()).isTrue();
        put(", \"a\": 2");
        assertThat(isTold()).isFalse();
        put(", \"a\": [2, {\"value\": 1, \"datasetId\": \"urn:d:1\"}]".replace("[2", "[{\"value\": 2}"));
        assertThat(isTold()).as("a new instance").isTrue();
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        trigger("attributeDeleted");
        put(", \"a\": 2, \"b\": 1");
        assertThat(isTold()).as("an instance that is gone").isTrue();
        put(", \"a\": 3, \"b\": 1");
        assertThat(isTold()).isFalse();
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        trigger("entityUpdated");
        put(", \"a\": 3");
        assertThat(isTold()).isTrue();
        put(", \"a\": 4");
        assertThat(isTold()).isTrue();
        telling.delete("urn:t:1");
        assertThat(isTold()).as("attributes go with their entity").isTrue();
    }

    @Test
    void looksAtWatchedAttributesAndDatasets() {
        subscribe(
                "{\"watchedAttributes\": [\"a\", \"b\"], \"notificationTrigger\": [\"entityCreated\", \"attributeUpdated\"]}");
        put(", \"c\": 1");
        assertThat(isTold()).isFalse();
        put(", \"a\": 1");
        assertThat(isTold()).isFalse();
        put(", \"a\": 2");
        assertThat(isTold()).isTrue();
        telling.put("{\"id\": \"urn:t:2\", \"type\": \"T\", \"b\": 1}");
        assertThat(isTold()).isTrue();
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        subscribe("{\"datasetId\": [\"urn:d:1\"], \"q\": \"a==1\"}");
        put(", \"a\": [{\"value\": 1}, {\"value\": 2, \"datasetId\": \"urn:d:1\"}]");
        assertThat(isTold()).as("the condition looks at the dataset").isFalse();
        put(", \"a\": [{\"value\": 1}, {\"value\": 1, \"datasetId\": \"urn:d:1\"}]");
        assertThat(isTold()).isTrue();
        put(", \"a\": [{\"value\": 2}, {\"value\": 1, \"datasetId\": \"urn:d:1\"}]");
        assertThat(isTold()).as("another dataset changed").isFalse();
    }

    @Test
    void asksConditionsOfTheNewStateAndOfTheOldOneWhenAllIsGone() {
        subscribe("{\"q\": \"a>=10\", \"notificationTrigger\": [\"entityUpdated\"]}");
        put(", \"a\": 9");
        assertThat(isTold()).isFalse();
        put(", \"a\": 10");
        assertThat(isTold()).isTrue();
        put(", \"a\": 9");
        assertThat(isTold()).isFalse();
        put(", \"a\": 11");
        assertThat(isTold()).isTrue();
        telling.delete("urn:t:1");
        assertThat(isTold()).isTrue();
    }

    @Test
    void followsLinksIntoTheSameCommit() {
        subscribe("{\"q\": \"r{level}<0.5\"}");
        String low = "{\"id\": \"urn:d:low\", \"type\": \"D\", \"level\": 0.3}";
        String full = "{\"id\": \"urn:d:full\", \"type\": \"D\", \"level\": 0.9}";
        telling.put(full);
        put(", \"r\": {\"object\": \"urn:d:full\"}");
        assertThat(isTold()).isFalse();
        telling.put("{\"id\": \"urn:t:2\", \"type\": \"T\", \"r\": {\"object\": \"urn:d:low\"}}", low);
        assertThat(isTold()).isTrue();
        put(", \"r\": {\"object\": \"urn:d:low\"}");
        assertThat(isTold()).isTrue();
    }

    @Test
    void showsThatAPatternCannotBeAsked() {
        subscribe("{\"q\": \"a~=\\\"(x+x+)+y\\\"\"}");
        put(", \"a\": \"" + "x".repeat(60) + "\"");
        assertThat(isTold()).isFalse();
        assertThat(telling.subscription().at("/notification/status").stringValue())
                .isEqualTo("failed");
    }

    @Test
    void knowsChangedAndDeletedSubscriptions() {
        subscribe("{\"q\": \"a==1\"}");
        telling.subscriptions.update(
                Tenant.DEFAULT,
                Telling.ID,
                Json.parse("{\"q\": \"a==2\", \"entities\": [{\"type\": \"U\"}]}")
                        .asObject(),
                TermTable.core());
        put(", \"a\": 1");
        assertThat(isTold()).isFalse();
        telling.put("{\"id\": \"urn:u:1\", \"type\": \"U\", \"a\": 2}");
        assertThat(isTold()).isTrue();
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.put("{\"id\": \"urn:u:2\", \"type\": \"U\", \"a\": 2}");
        assertThat(isTold()).isFalse();
    }

    @Test
    void tellsAtIntervalsOfAllThatMatches() {
        telling.put(
                "{\"id\": \"urn:t:1\", \"type\": \"T\", \"a\": 1}", "{\"id\": \"urn:t:2\", \"type\": \"T\", \"a\": 2}");
        telling.dispatches();
        subscribe("{\"timeInterval\": 10, \"q\": \"a>1\"}");
        List<Dispatch> due = new ArrayList<>();
        try (SubscriptionKeeper keeper = new SubscriptionKeeper(telling.subscriptions, telling.clock(), due::add)) {
            keeper.tellDue();
            telling.now.addAndGet(9_999);
            keeper.tellDue();
            assertThat(due).isEmpty();
            telling.now.addAndGet(1);
            keeper.tellDue();
            keeper.tellDue();
            assertThat(due).singleElement().satisfies(dispatch -> {
                assertThat(dispatch.position()).isZero();
                assertThat(Json.parse(telling.outbox
                                        .compose(dispatch)
                                        .orElseThrow()
                                        .body())
                                .at("/data")
                                .valueStream()
                                .map(entity -> entity.get("id").stringValue()))
                        .containsExactly("urn:t:2");
            });
            put(", \"a\": 5");
            assertThat(isTold()).as("changes are not told").isFalse();
            telling.delete("urn:t:1");
            telling.delete("urn:t:2");
            assertThat(telling.outbox.compose(due.getFirst()))
                    .as("nothing matches")
                    .isEmpty();
            telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
            telling.now.addAndGet(10_000);
            keeper.tellDue();
            assertThat(due).hasSize(1);
        }
    }
}
