package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Subscriptions for the tests of the console, made as programs make them. */
final class ConsoleSubscriptions {
    private ConsoleSubscriptions() {}

    /** The id of a notification, which stays the same when it is sent once more. */
    static String id(String notification) {
        return Json.parse(notification).required("id").stringValue();
    }

    /** Subscribes an address to the free bicycles of all stations. */
    static void create(TestCity city, String id, String name, String address) throws Exception {
        String body = """
                {"id": "$ID", "type": "Subscription", "subscriptionName": "$NAME",
                 "entities": [{"type": "BikeHireDockingStation"}], "watchedAttributes": ["availableBikeNumber"],
                 "q": "availableBikeNumber>=0",
                 "notification": {"attributes": ["availableBikeNumber", "name"], "format": "simplified",
                  "endpoint": {"uri": "$URI", "accept": "application/json",
                   "receiverInfo": [{"key": "Authorization", "value": "Bearer skrivnost"}]}}}
                """.replace("$ID", id).replace("$NAME", name).replace("$URI", address);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(city.address() + "/ngsi-ld/v1/subscriptions"))
                            .header("Content-Type", "application/json")
                            .header(
                                    "Link",
                                    "<" + city.address()
                                            + "/contexts/emona.jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }
}
