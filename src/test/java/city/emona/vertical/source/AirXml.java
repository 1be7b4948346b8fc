package city.emona.vertical.source;

/** Small documents in the shape of the hourly air data of the Slovene Environment Agency. */
final class AirXml {
    private AirXml() {}

    static String air(String... stations) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<arsopodatki verzija=\"1.5\"><vir>ARSO</vir>"
                + String.join("\n", stations) + "</arsopodatki>";
    }

    static String postaja(String code, String name, String values) {
        return "<postaja sifra=\"" + code + "\" wgs84_dolzina=\"14.5\" wgs84_sirina=\"46.05\"><merilno_mesto>" + name
                + "</merilno_mesto><datum_od>2026-04-20 02:00</datum_od><datum_do>2026-04-20 03:00</datum_do>" + values
                + "</postaja>";
    }
}
