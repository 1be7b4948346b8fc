package city.emona.api.operations;

import city.emona.json.Json;
import city.emona.time.Timestamps;
import city.emona.vertical.Vertical;
import city.emona.vertical.life.Ledger;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What programs read of verticals. */
final class VerticalJson {
    private VerticalJson() {}

    static ObjectNode of(Vertical vertical, Optional<Ledger> ledger) {
        ObjectNode json = Json.object()
                .put("id", vertical.id())
                .put("urn", vertical.urn())
                .put("version", vertical.version().toString())
                .put("state", ledger.filter(known -> !known.removed()).isPresent() ? "installed" : "bundled");
        json.putObject("title")
                .put("sl", vertical.title().sl())
                .put("en", vertical.title().en());
        return json;
    }

    static ObjectNode whole(Optional<Vertical> running, Optional<Ledger> ledger) {
        ObjectNode json = running.map(vertical -> of(vertical, ledger)).orElseGet(Json::object);
        ledger.ifPresent(known -> add(json, known));
        return json;
    }

    private static void add(ObjectNode json, Ledger ledger) {
        if (ledger.removed()) {
            json.put("id", ledger.id())
                    .put("version", ledger.version().toString())
                    .put("state", "removed");
        }
        json.put("package", ledger.digest())
                .put("revision", ledger.revision())
                .put("installedAt", Timestamps.format(ledger.installedAt()));
        ArrayNode files = json.putArray("files");
        ledger.files().forEach((path, digest) -> {
            ObjectNode file = files.addObject().put("path", path).put("digest", digest);
            Optional.ofNullable(ledger.edits().get(path)).ifPresent(edit -> file.put("edited", edit));
        });
        ledger.edits().forEach((path, digest) -> {
            if (!ledger.files().containsKey(path)) {
                files.addObject().put("path", path).put("edited", digest);
            }
        });
        ObjectNode answers = json.putObject("answers");
        ledger.answers().forEach(answers::put);
        ArrayNode secrets = json.putArray("secrets");
        ledger.secrets().forEach(secrets::add);
        ledger.findPrevious()
                .ifPresent(before -> json.put("previous", before.version().toString()));
        ledger.findRun().ifPresent(run -> {
            ObjectNode work = json.putObject("run")
                    .put("kind", run.kind().name().toLowerCase(Locale.ROOT))
                    .put("done", run.done())
                    .put("failed", run.failed())
                    .put("finished", run.isFinished());
            ArrayNode failures = work.putArray("failures");
            run.failures().forEach(failures::add);
        });
    }
}
