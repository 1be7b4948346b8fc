package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedEntityTest {
    private final long seed = System.nanoTime();

    private static Entity there(Entity entity) {
        PackedEntity packed = PackedEntity.pack(entity);
        byte[] bytes = new byte[packed.size() + 5];
        packed.write(bytes, 5);
        PackedEntity read = PackedEntity.read(bytes, 5);
        assertThat(read.types()).isEqualTo(entity.types());
        assertThat(read.expiresAt()).isEqualTo(entity.expiresAt());
        return read.unpack(entity.id());
    }

    @Test
    void keepsEveryEntityAsItWas() {
        RandomEntities entities = new RandomEntities(seed);
        for (int i = 0; i < 400; i++) {
            Entity entity = entities.next("urn:x:" + i);
            Entity back = there(entity);
            assertThat(back).as("seed %s, entity %s", seed, i).isEqualTo(entity);
            assertThat(text(back)).as("seed %s, entity %s", seed, i).isEqualTo(text(entity));
        }
    }

    @Test
    void saysWhatAnEntityIsMadeOfWithoutReadingItsValues() {
        RandomEntities entities = new RandomEntities(seed);
        for (int i = 0; i < 200; i++) {
            Entity entity = entities.next("urn:x:" + i);
            PackedEntity packed = PackedEntity.pack(entity);
            byte[] bytes = new byte[packed.size()];
            packed.write(bytes, 0);
            PackedEntity read = PackedEntity.read(bytes, 0);
            assertThat(read.kind()).as("seed %s, entity %s", seed, i).isSameAs(EntityKind.of(entity));
            assertThat(read.firstAttributeExpiry())
                    .as("seed %s, entity %s", seed, i)
                    .isEqualTo(entity.firstAttributeExpiry());
        }
    }

    private static String text(Entity entity) {
        return new String(
                new EntityWriter(TermTable.core(), Representation.NORMALIZED).write(entity),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void keepsTheDigitsOfNumbers() {
        for (String digits : new String[] {
            "1.0",
            "1.00",
            "100.0",
            "0",
            "-0.5",
            "12345678901234567890123",
            "9223372036854775807",
            "2147483648",
            "0.1E-7"
        }) {
            Entity entity = EntityReader.read(
                    Json.parse("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":" + digits + ",\"b\":[" + digits + "]}"),
                    TermTable.core(),
                    0);
            assertThat(text(there(entity))).isEqualTo(text(entity));
        }
        Entity exact = EntityReader.read(
                Json.parse("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":4.0,\"b\":4}"), TermTable.core(), 0);
        assertThat(text(there(exact)))
                .isEqualTo("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":{\"type\":\"Property\",\"value\":4.0},"
                        + "\"b\":{\"type\":\"Property\",\"value\":4}}");
    }

    @Test
    void doesNotNormaliseText() {
        String composed = "\u00e9";
        String decomposed = "e\u0301";
        Entity entity = EntityReader.read(
                Json.parse("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":\"" + composed + "\",\"b\":[\"" + decomposed
                        + "\"]}"),
                TermTable.core(),
                0);
        Entity back = there(entity);
        assertThat(back.attributes().getFirst().main().value().stringValue()).isEqualTo(composed);
        assertThat(back.attributes().getLast().main().value().get(0).stringValue())
                .isEqualTo(decomposed);
    }

    @Test
    void keepsDeepValues() {
        String deep = "[".repeat(90) + "]".repeat(90);
        Entity entity = EntityReader.read(
                Json.parse("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":" + deep + "}"), TermTable.core(), 0);
        assertThat(there(entity)).isEqualTo(entity);
    }

    @Test
    void refusesDamagedBytes() {
        PackedEntity packed = PackedEntity.pack(new RandomEntities(seed).next("urn:x:1"));
        byte[] bytes = new byte[packed.size()];
        packed.write(bytes, 0);
        bytes[0] = (byte) 0xFF;
        bytes[1] = (byte) 0xFF;
        assertThatThrownBy(() -> PackedEntity.read(bytes, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackedEntity.read(Arrays.copyOf(bytes, 1), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhenItsFirstAttributeExpires() {
        Entity entity = EntityReader.read(Json.parse("""
                {"id": "urn:x:1", "type": "T", "a": {"value": 1, "expiresAt": "2100-01-01T00:00:00Z"},
                 "b": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1", "expiresAt": "2090-01-01T00:00:00Z"}],
                 "c": {"value": 1, "sub": {"value": 1, "expiresAt": "2080-01-01T00:00:00Z"}}}"""), TermTable.core(), 0);
        PackedEntity packed = PackedEntity.pack(entity);
        assertThat(packed.firstAttributeExpiry()).isEqualTo(3_471_292_800_000L);
        byte[] bytes = new byte[packed.size()];
        packed.write(bytes, 0);
        assertThat(PackedEntity.read(bytes, 0).firstAttributeExpiry()).isEqualTo(3_471_292_800_000L);
        assertThat(PackedEntity.pack(entity.withAttributes(List.of())).firstAttributeExpiry())
                .isZero();
    }
}
