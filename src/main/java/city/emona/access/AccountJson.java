package city.emona.access;

import city.emona.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Accounts as documents. */
final class AccountJson {
    private AccountJson() {}

    static ObjectNode write(Account account) {
        ObjectNode json = Json.object()
                .put("id", account.id())
                .put("login", account.login())
                .put("name", account.name())
                .put("state", account.state().name().toLowerCase(Locale.ROOT))
                .put("password", account.password())
                .put("createdAt", account.createdAt());
        json.set("grants", AccessDocuments.json(account.grants()));
        Account.Link link = account.link();
        if (link != null) {
            json.putObject("link").put("hash", link.hash()).put("expiresAt", link.expiresAt());
        }
        account.findFactor().ifPresent(factor -> {
            ArrayNode recovery = json.putObject("factor")
                    .put("secret", factor.secret())
                    .put("lastStep", factor.lastStep())
                    .putArray("recovery");
            factor.recovery().forEach(recovery::add);
        });
        ArrayNode devices = json.putArray("devices");
        account.devices()
                .forEach(
                        device -> devices.addObject().put("hash", device.hash()).put("usedAt", device.usedAt()));
        return json;
    }

    static Account read(JsonNode json) {
        List<Account.Device> devices = new ArrayList<>();
        json.path("devices")
                .forEach(one -> devices.add(new Account.Device(
                        one.path("hash").asString(), one.path("usedAt").asLong())));
        return new Account(
                json.path("id").asString(),
                json.path("login").asString(),
                json.path("name").asString(),
                Account.State.valueOf(json.path("state").asString().toUpperCase(Locale.ROOT)),
                AccessDocuments.grants(json.path("grants")),
                json.path("password").asString(),
                link(json.path("link")),
                factor(json.path("factor")),
                devices,
                json.path("createdAt").asLong());
    }

    private static Account.@Nullable Link link(JsonNode json) {
        return json.isMissingNode()
                ? null
                : new Account.Link(
                        json.path("hash").asString(), json.path("expiresAt").asLong());
    }

    private static @Nullable SecondFactor factor(JsonNode json) {
        if (json.isMissingNode()) {
            return null;
        }
        List<String> recovery = new ArrayList<>();
        json.path("recovery").forEach(code -> recovery.add(code.asString()));
        return new SecondFactor(
                json.path("secret").asString(), json.path("lastStep").asLong(), recovery);
    }
}
