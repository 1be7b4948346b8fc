package city.emona.api.ngsild;

import city.emona.broker.live.LiveEvent;
import city.emona.broker.live.LiveReceiver;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.http.EventSource;
import city.emona.json.Json;
import java.nio.charset.StandardCharsets;

/** Writes the events of a stream for its client, in the client's terms. */
record EventSender(EventSource.Sink sink, TermTable terms, Representation representation) implements LiveReceiver {
    private static final byte[] NOTHING = {'{', '}'};

    @Override
    public boolean tell(LiveEvent event) {
        if (!sink.awaitRoom()) {
            return false;
        }
        String id = event.position() == LiveEvent.NONE ? "" : Long.toString(event.position());
        switch (event) {
            case LiveEvent.Present present ->
                sink.send(id, "entity", present.entity().json(terms, representation));
            case LiveEvent.Gone gone -> sink.send(id, "gone", bytes(gone.id()));
            case LiveEvent.Reset _ -> sink.send(id, "reset", NOTHING);
            case LiveEvent.Mark _ -> sink.mark(id);
        }
        return true;
    }

    private static byte[] bytes(String gone) {
        return Json.text(Json.object().put("id", gone)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void end() {
        sink.end();
    }
}
