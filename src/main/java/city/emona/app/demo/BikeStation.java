package city.emona.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A bike station of the demo city: a real place, and how many bicycles stand there at any time. */
record BikeStation(int number, String name, double latitude, double longitude, int docks, Kind kind) {
    private static final long STEP_SECONDS = 10;
    private static final int STEPS_BACK = 180;

    /** What draws people to the place, and so when bicycles gather there. */
    enum Kind {
        /** Full by day. */
        CENTRE,
        /** Full by night. */
        HOMES,
        /** Busy in the afternoon. */
        SHOPS,
        /** Park and ride: full by night, as people take a bicycle from there to the centre. */
        RIDE
    }

    /** The stations, by number. */
    static List<BikeStation> all() {
        try (InputStream in = BikeStation.class.getResourceAsStream("bike-stations.csv")) {
            if (in == null) {
                throw new IllegalStateException("bike-stations.csv is missing from the program");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(BikeStation::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BikeStation parse(String line) {
        String[] cells = line.split(";", -1);
        return new BikeStation(
                Integer.parseInt(cells[0]),
                cells[1],
                Double.parseDouble(cells[2]),
                Double.parseDouble(cells[3]),
                Integer.parseInt(cells[4]),
                Kind.valueOf(cells[5].toUpperCase(Locale.ROOT)));
    }

    /** How many docks are out of order. */
    int docksDisabled() {
        return Rhythm.fraction(number * 7L) < 0.08 ? 1 : 0;
    }

    /** How many bicycles stand here. */
    int bikes(Instant at) {
        Instant step = step(at);
        double rhythm = Rhythm.inCentre(step);
        double drawn =
                switch (kind) {
                    case CENTRE -> 0.45 + 0.3 * rhythm;
                    case HOMES -> 0.45 - 0.27 * rhythm;
                    case RIDE -> 0.5 - 0.3 * rhythm;
                    case SHOPS -> 0.4 + 0.2 * Rhythm.traffic(step);
                };
        double share = drawn
                + 0.3 * (Rhythm.fraction(number) - 0.5)
                + 0.2 * Rhythm.wander(number, 2_700, step)
                + 0.08 * Rhythm.wander(number + 1_000L, 420, step);
        int room = docks - docksDisabled();
        return (int) Math.round(Math.clamp(share, 0, 1) * room);
    }

    /** How many docks are free. */
    int docksFree(Instant at) {
        return docks - docksDisabled() - bikes(at);
    }

    /** When a bicycle was last hired or returned, or half an hour ago when nothing moved for longer. */
    Instant lastChange(Instant at) {
        Instant step = step(at);
        int now = bikes(step);
        for (int back = 1; back <= STEPS_BACK; back++) {
            Instant earlier = step.minusSeconds(back * STEP_SECONDS);
            if (bikes(earlier) != now) {
                return earlier.plusSeconds(STEP_SECONDS);
            }
        }
        long halfHour = STEPS_BACK * STEP_SECONDS;
        return Instant.ofEpochSecond(step.getEpochSecond() / halfHour * halfHour);
    }

    private static Instant step(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond() / STEP_SECONDS * STEP_SECONDS);
    }
}
