package city.emona.store.transfer;

import city.emona.json.Json;
import city.emona.store.HistoryPoint;
import city.emona.store.InstanceId;
import city.emona.store.RollUp;
import city.emona.store.Series;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pieces of history as JSON. Times of hours and days are epoch microseconds, as a roll-up has them. */
final class PlainHistory {
    private PlainHistory() {}

    static ObjectNode json(Series series) {
        ObjectNode json = named(series.attribute(), series.datasetId());
        ArrayNode instances = json.putArray("instances");
        for (HistoryPoint point : series.points()) {
            ObjectNode one = instances.addObject().put("instanceId", point.id().uri());
            PlainEntities.put(one, point.instance());
        }
        return json;
    }

    static Series series(JsonNode json) {
        List<HistoryPoint> points = new ArrayList<>();
        for (JsonNode one : json.path("instances")) {
            InstanceId id = InstanceId.parse(PlainEntities.text(one, "instanceId"))
                    .orElseThrow(() -> PlainEntities.wrong("an instanceId is not one of Emona's"));
            points.add(new HistoryPoint(id, PlainEntities.instance(one)));
        }
        return new Series(
                PlainEntities.text(json, "attribute"), json.path("datasetId").asString(""), points);
    }

    private static ObjectNode named(String attribute, String datasetId) {
        ObjectNode json = Json.object().put("attribute", attribute);
        if (!datasetId.isEmpty()) {
            json.put("datasetId", datasetId);
        }
        return json;
    }

    static ObjectNode json(String attribute, String datasetId, List<RollUp> rollUps) {
        ObjectNode json = named(attribute, datasetId);
        ArrayNode list = json.putArray("times");
        for (RollUp one : rollUps) {
            ObjectNode time = list.addObject()
                    .put("from", one.from())
                    .put("to", one.to())
                    .put("instances", one.instances())
                    .put("numbers", one.numbers());
            if (one.numbers() > 0) {
                time.put("sum", one.sum())
                        .put("sumOfSquares", one.sumOfSquares())
                        .put("least", one.least())
                        .put("most", one.most());
            }
        }
        return json;
    }

    static List<RollUp> rollUps(JsonNode json) {
        List<RollUp> rollUps = new ArrayList<>();
        for (JsonNode one : json.path("times")) {
            rollUps.add(new RollUp(
                    one.path("from").asLong(),
                    one.path("to").asLong(),
                    one.path("instances").asLong(),
                    one.path("numbers").asLong(),
                    one.path("sum").asDouble(0),
                    one.path("sumOfSquares").asDouble(0),
                    one.path("least").asDouble(Double.POSITIVE_INFINITY),
                    one.path("most").asDouble(Double.NEGATIVE_INFINITY)));
        }
        return rollUps;
    }
}
