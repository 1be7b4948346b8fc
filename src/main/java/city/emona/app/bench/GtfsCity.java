package city.emona.app.bench;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A GTFS feed of a mid-sized city: 1,500 stops, 60 routes, 30,000 trips of 34 stops each. */
final class GtfsCity {
    private static final int STOPS = 1_500;
    private static final int ROUTES = 60;
    private static final int TRIPS = 30_000;
    private static final int STOPS_OF_A_TRIP = 34;

    private GtfsCity() {}

    static byte[] feed() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            Writer out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
            table(
                    zip,
                    out,
                    "agency.txt",
                    "agency_id,agency_name,agency_url,agency_timezone\n1,Mestni potniški promet,https://example.org,Europe/Ljubljana\n");
            table(
                    zip,
                    out,
                    "calendar.txt",
                    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nw,1,1,1,1,1,0,0,20260101,20261231\n");
            table(zip, out, "stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n");
            for (int i = 0; i < STOPS; i++) {
                out.write(String.format(
                        Locale.ROOT, "s%d,Postaja %d,%.5f,%.5f%n", i, i, 46 + (i % 100) * 1e-3, 14.4 + i * 1e-4));
            }
            out.flush();
            table(zip, out, "routes.txt", "route_id,agency_id,route_short_name,route_type\n");
            for (int i = 0; i < ROUTES; i++) {
                out.write("r" + i + ",1," + (i + 1) + ",3\n");
            }
            out.flush();
            table(zip, out, "trips.txt", "route_id,service_id,trip_id,trip_headsign\n");
            for (int i = 0; i < TRIPS; i++) {
                out.write("r" + i % ROUTES + ",w,t" + i + ",Smer " + i % 7 + "\n");
            }
            out.flush();
            table(zip, out, "stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n");
            for (int i = 0; i < TRIPS; i++) {
                for (int k = 0; k < STOPS_OF_A_TRIP; k++) {
                    int minutes = 300 + i % 1_000 + 2 * k;
                    String time = String.format(Locale.ROOT, "%02d:%02d:00", minutes / 60, minutes % 60);
                    out.write("t" + i + "," + time + "," + time + ",s" + (i * 31 + k) % STOPS + "," + (k + 1) + "\n");
                }
            }
            out.flush();
        }
        return bytes.toByteArray();
    }

    private static void table(ZipOutputStream zip, Writer out, String name, String start) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        out.write(start);
        out.flush();
    }
}
