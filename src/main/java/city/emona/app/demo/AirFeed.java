package city.emona.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The air of the demo city, as XML in the shape of the hourly feed of the Slovene Environment Agency. Here the hour slides on with each
 * minute, so that something can be seen to move; the document says so.
 */
final class AirFeed {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Rhythm.ZONE);

    /** What is measured at a station besides particles. */
    private enum Measures {
        ALL,
        TRAFFIC,
        PARTICLES
    }

    /**
     * A place where the air is measured.
     *
     * @param traffic how much of the city's traffic passes by, about 1
     */
    private record Station(
            String code,
            String name,
            double longitude,
            double latitude,
            int altitude,
            double traffic,
            Measures measures) {}

    private static final List<Station> STATIONS = List.of(
            new Station("E403", "LJ Bežigrad", 14.51272, 46.06554, 299, 0.9, Measures.ALL),
            new Station("E405", "LJ Celovška", 14.48712, 46.07209, 305, 1.3, Measures.TRAFFIC),
            new Station("E404", "LJ Vič", 14.48927, 46.03749, 293, 1.0, Measures.PARTICLES),
            new Station("DEMO1", "LJ Tivolska", 14.50100, 46.05710, 300, 1.6, Measures.TRAFFIC),
            new Station("DEMO2", "LJ Zadobrova", 14.60220, 46.06430, 280, 0.6, Measures.ALL));

    /** The document of this moment. */
    String xml(Instant at) {
        Instant end = at.truncatedTo(ChronoUnit.MINUTES);
        StringBuilder xml = new StringBuilder(4_000);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<arsopodatki verzija=\"1.5\">\n");
        element(xml, "vir", "Predstavitveni podatki Emone po zgledu Agencije RS za okolje")
                .append('\n');
        element(xml, "predlagan_zajem", "vsako minuto; ura meritve drsi").append('\n');
        element(xml, "predlagan_zajem_perioda", "1 min").append('\n');
        element(xml, "datum_priprave", LOCAL.format(at)).append('\n');
        for (Station station : STATIONS) {
            station(xml, station, end);
        }
        return xml.append("</arsopodatki>\n").toString();
    }

    private static StringBuilder element(StringBuilder xml, String name, String text) {
        String safe = text.replace("&", "&amp;").replace("<", "&lt;");
        return xml.append('<')
                .append(name)
                .append('>')
                .append(safe)
                .append("</")
                .append(name)
                .append('>');
    }

    private static void station(StringBuilder xml, Station station, Instant end) {
        xml.append("<postaja sifra=\"").append(station.code());
        xml.append("\" wgs84_dolzina=\"").append(station.longitude());
        xml.append("\" wgs84_sirina=\"").append(station.latitude());
        xml.append("\" nadm_visina=\"").append(station.altitude()).append("\">");
        element(xml, "merilno_mesto", station.name());
        element(xml, "datum_od", LOCAL.format(end.minus(Duration.ofHours(1))));
        element(xml, "datum_do", LOCAL.format(end));
        long seed = station.code().hashCode();
        double traffic = Rhythm.traffic(end) * station.traffic();
        double heating = Rhythm.heating(end);
        double pm25 = 4 + 16 * heating + 5 * traffic + 4 * Rhythm.wander(seed, 5_400, end);
        double pm10 = pm25 * 1.3 + 4 * traffic + 2 * Rhythm.wander(seed + 1, 1_800, end);
        double no2 = 8 + 38 * traffic + 6 * heating + 5 * Rhythm.wander(seed + 2, 2_400, end);
        double ozone = 62 * Rhythm.sun(end) + 28 - 22 * traffic + 6 * Rhythm.wander(seed + 3, 3_600, end);
        switch (station.measures()) {
            case ALL -> {
                value(xml, "so2", 1.4 * heating + 0.6 * Rhythm.wander(seed + 4, 4_000, end), 1, 0);
                value(xml, "co", 0.2 + 0.4 * heating + 0.2 * traffic, 0.1, 1);
                value(xml, "o3", ozone, 1, 0);
                value(xml, "no2", no2, 1, 0);
                value(xml, "pm10", pm10, 1, 0);
                value(xml, "pm2.5", pm25, 2, 0);
                value(xml, "benzen", 0.3 + 0.7 * traffic, 0.1, 1);
                value(xml, "nox", no2 * 1.6, 1, 0);
            }
            case TRAFFIC -> {
                value(xml, "no2", no2, 1, 0);
                value(xml, "pm10", pm10, 1, 0);
                value(xml, "pm2.5", pm25, 2, 0);
                value(xml, "nox", no2 * 1.8, 1, 0);
            }
            case PARTICLES -> {
                value(xml, "pm10", pm10, 1, 0);
                value(xml, "pm2.5", pm25, 2, 0);
            }
        }
        xml.append("</postaja>\n");
    }

    private static void value(StringBuilder xml, String name, double value, double limit, int decimals) {
        boolean below = value < limit;
        String text = below
                ? "<" + String.format(Locale.ROOT, "%." + decimals + "f", limit)
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
        element(xml, name, text);
    }
}
