package city.emona.vertical.life;

import city.emona.vertical.LocalizedText;

/** Who sees what a package brings, in words. As long as there are no accounts, what is public is so for everybody. */
final class Audience {
    private static final LocalizedText OPERATORS = new LocalizedText("samo upravljavci", "operators only");

    private Audience() {}

    static LocalizedText of(String kind, String vertical) {
        String page = "/v/" + vertical;
        return switch (kind) {
            case "views" ->
                new LocalizedText(
                        "vsi, brez prijave: začetna stran in " + page,
                        "everyone, without an account: the home page and " + page);
            case "types" ->
                new LocalizedText(
                        "vsi, brez prijave: NGSI-LD API in strani entitet",
                        "everyone, without an account: the NGSI-LD API and the pages of entities");
            case "context" ->
                new LocalizedText(
                        "vsi, brez prijave: /contexts/" + vertical,
                        "everyone, without an account: /contexts/" + vertical);
            case "sources" ->
                new LocalizedText(
                        "vsi, brez prijave: stanje na /status", "everyone, without an account: its state on /status");
            case "datasets" -> new LocalizedText("vsi, brez prijave: " + page, "everyone, without an account: " + page);
            case "rules" ->
                new LocalizedText(
                        "vsi, brez prijave: opozorila, ki jih sproži",
                        "everyone, without an account: the alerts it raises");
            case "indicators" ->
                new LocalizedText(
                        "vsi, brez prijave: vrednosti kazalnika",
                        "everyone, without an account: the values of the indicator");
            case "entities" ->
                new LocalizedText(
                        "vsi, brez prijave: strani in API", "everyone, without an account: pages and the API");
            default -> OPERATORS;
        };
    }
}
