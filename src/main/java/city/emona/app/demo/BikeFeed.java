package city.emona.app.demo;

import city.emona.json.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bike stations of the demo city as GBFS 3.0 documents. */
final class BikeFeed {
    /** How long a reader may keep the numbers. */
    static final int STATUS_TTL_SECONDS = 10;

    private static final int DESCRIPTION_TTL_SECONDS = 3_600;

    private final List<BikeStation> stations = BikeStation.all();

    private static ObjectNode document(Instant at, int ttlSeconds) {
        ObjectNode document = Json.object();
        document.put("last_updated", at.toString());
        document.put("ttl", ttlSeconds);
        document.put("version", "3.0");
        return document;
    }

    /** {@code gbfs.json}, with addresses relative to its own. */
    ObjectNode discovery(Instant at) {
        ObjectNode document = document(at, DESCRIPTION_TTL_SECONDS);
        ArrayNode feeds = document.putObject("data").putArray("feeds");
        for (String name : List.of("system_information", "station_information", "station_status")) {
            feeds.addObject().put("name", name).put("url", name + ".json");
        }
        return document;
    }

    ObjectNode systemInformation(Instant at) {
        ObjectNode document = document(at, DESCRIPTION_TTL_SECONDS);
        ObjectNode data = document.putObject("data");
        data.put("system_id", "emona-demo");
        data.putArray("languages").add("sl").add("en");
        ArrayNode names = data.putArray("name");
        names.addObject().put("text", "Predstavitvena izposoja koles").put("language", "sl");
        names.addObject().put("text", "Demo bike sharing").put("language", "en");
        data.put("opening_hours", "24/7");
        data.put("timezone", Rhythm.ZONE.getId());
        return document;
    }

    ObjectNode stationInformation(Instant at) {
        ObjectNode document = document(at, DESCRIPTION_TTL_SECONDS);
        ArrayNode list = document.putObject("data").putArray("stations");
        for (BikeStation station : stations) {
            ObjectNode one = list.addObject();
            one.put("station_id", Integer.toString(station.number()));
            one.putArray("name").addObject().put("text", station.name()).put("language", "sl");
            one.put("lat", station.latitude());
            one.put("lon", station.longitude());
            one.put("capacity", station.docks());
        }
        return document;
    }

    ObjectNode stationStatus(Instant at) {
        ObjectNode document = document(at, STATUS_TTL_SECONDS);
        ArrayNode list = document.putObject("data").putArray("stations");
        for (BikeStation station : stations) {
            ObjectNode one = list.addObject();
            one.put("station_id", Integer.toString(station.number()));
            one.put("num_vehicles_available", station.bikes(at));
            one.put("num_docks_available", station.docksFree(at));
            one.put("num_docks_disabled", station.docksDisabled());
            one.put("is_installed", true);
            one.put("is_renting", true);
            one.put("is_returning", true);
            one.put("last_reported", station.lastChange(at).toString());
        }
        return document;
    }
}
