package city.emona.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class JsonOutTest {
    @Test
    void escapesLikeJackson() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(60); k > 0; k--) {
                int point = random.nextInt(4) == 0 ? random.nextInt(0x11_0000) : random.nextInt(0x180);
                if (point < 0xD800 || point > 0xDFFF) {
                    text.appendCodePoint(point);
                }
            }
            byte[] own = new JsonOut(16).string(text.toString()).toBytes();
            assertThat(Json.parse(own).stringValue()).as("seed %s", seed).isEqualTo(text.toString());
            assertThat(new String(own, StandardCharsets.UTF_8))
                    .as("seed %s", seed)
                    .isEqualToIgnoringCase(Json.text(StringNode.valueOf(text.toString())));
        }
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        for (String text : new String[] {"\ud800", "a\udc00b", "\ud800\ud800\udc00", "\udfff\ud800"}) {
            byte[] own = new JsonOut().string(text).toBytes();
            assertThat(Json.parse(own).stringValue()).contains("\ufffd").hasSizeLessThanOrEqualTo(text.length());
        }
    }

    @Test
    void writesTreesAsTheMapperDoes() {
        for (String json : new String[] {
            "[1,-0,1.0,1.50,1E+3,1e-7,12345678901234567890,0.1]",
            "{\"a\":{},\"b\":[],\"c\":[[],{}],\"\\u010d\":null,\"d\":[true,false],\"e\":\"\\n\"}",
            "null",
            "3.141592653589793238462643383279"
        }) {
            var tree = Json.parse(json);
            assertThat(new String(new JsonOut().tree(tree).toBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Json.text(tree));
        }
        var plain = Json.object().put("double", 0.1).put("long", 1L << 40).put("nan", Double.NaN);
        assertThat(new String(new JsonOut().tree(plain).toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(Json.text(plain));
    }

    @Test
    void growsAsFarAsItMust() {
        JsonOut out = new JsonOut(16);
        String text = "č".repeat(100_000);
        out.ascii('{').name("name").string(text).ascii(',');
        out.drop(1);
        out.ascii('}');
        assertThat(Json.parse(out.toBytes()).get("name").stringValue()).isEqualTo(text);
        assertThat(out.size()).isEqualTo(out.toBytes().length);
        out.clear();
        assertThat(out.number(-12).toBytes()).asString(StandardCharsets.UTF_8).isEqualTo("-12");
    }
}
