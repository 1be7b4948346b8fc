package city.emona.portal;

import city.emona.vertical.life.SamplePackage;

/** Packages for the tests of the console. */
final class ConsolePackages {
    private static final String QUESTIONS = """
            questions:
              - {id: district, kind: text, title: {sl: Četrt, en: District}, help: {sl: Katera?, en: Which one?}}
              - {id: limit, kind: number, title: {sl: Meja, en: Limit}, least: 1, most: 9.5, default: 2}
              - {id: winter, kind: boolean, title: {sl: Pozimi, en: In winter}, default: true}
              - id: colour
                kind: choice
                title: {sl: Barva, en: Colour}
                choices: [{value: red, title: {sl: rdeča, en: red}}, {value: blue, title: {sl: modra, en: blue}}]
              - {id: apiKey, kind: secret, title: {sl: Ključ, en: Key}}
              - {id: home, kind: address, title: {sl: Naslov, en: Address}, required: false}
              - {id: zone, kind: timezone, title: {sl: Pas, en: Zone}, default: Europe/Ljubljana}
            """;

    private ConsolePackages() {}

    /** One that asks a question of each kind. */
    static SamplePackage asking() {
        return new SamplePackage()
                .edit("vertical.yaml", "sources:\n", QUESTIONS + "sources:\n")
                .edit("vertical.yaml", "connector: file", "connector: http")
                .edit(
                        "vertical.yaml",
                        "address: data/fountains.json",
                        "address: https://example.org/${district}?key=${apiKey}");
    }

    /** The next major version of the sample, whose migration fails where more than 1 flows. */
    static SamplePackage second() {
        return new SamplePackage()
                .version("2.0.0")
                .edit(
                        "models/context.jsonld",
                        "\"flow\": \"https://example.org/ns/flow\"",
                        "\"litres\": \"https://example.org/ns/litres\"")
                .edit("models/Fountain.schema.json", "\"flow\"", "\"litres\"")
                .edit("mappings/list.jsonata", "\"flow\":", "\"litres\":")
                .edit("examples/list.expected.json", "\"flow\"", "\"litres\"")
                .edit("vertical.yaml", "attribute: flow", "attribute: litres")
                .edit(
                        "vertical.yaml",
                        "sources:\n",
                        "migrations:\n  - from: ^1\n    types: {Fountain: migrations/2.jsonata}\nsources:\n")
                .with(
                        "migrations/2.jsonata",
                        "flow.value > 1 ? $reject(\"Preveč.\", \"Too much.\")"
                                + " : {\"id\": id, \"type\": type, \"name\": name, \"litres\": {\"value\": flow.value * 60}}\n");
    }
}
