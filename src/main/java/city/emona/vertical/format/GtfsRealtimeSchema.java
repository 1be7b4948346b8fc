package city.emona.vertical.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The messages of GTFS-Realtime 2.0 as far as they are not experimental, with the numbers of their fields. */
final class GtfsRealtimeSchema {
    /**
     * Each line is a message: number, name and kind of each field. A kind ends with {@code *} when the field repeats and with {@code !} when
     * it must be there.
     */
    private static final String MESSAGES = """
            FeedMessage: 1 header FeedHeader!, 2 entity FeedEntity*
            FeedHeader: 1 gtfs_realtime_version text!, 2 incrementality Incrementality, 3 timestamp number, 4 feed_version text
            FeedEntity: 1 id text!, 2 is_deleted truth, 3 trip_update TripUpdate, 4 vehicle VehiclePosition, 5 alert Alert
            TripUpdate: 1 trip TripDescriptor!, 2 stop_time_update StopTimeUpdate*, 3 vehicle VehicleDescriptor, 4 timestamp number, \
            5 delay number
            StopTimeEvent: 1 delay number, 2 time number, 3 uncertainty number, 4 scheduled_time number
            StopTimeUpdate: 1 stop_sequence number, 2 arrival StopTimeEvent, 3 departure StopTimeEvent, 4 stop_id text, \
            5 schedule_relationship StopRelationship, 7 departure_occupancy_status OccupancyStatus
            VehiclePosition: 1 trip TripDescriptor, 2 position Position, 3 current_stop_sequence number, 4 current_status VehicleStopStatus, \
            5 timestamp number, 6 congestion_level CongestionLevel, 7 stop_id text, 8 vehicle VehicleDescriptor, \
            9 occupancy_status OccupancyStatus, 10 occupancy_percentage number, 11 multi_carriage_details CarriageDetails*
            CarriageDetails: 1 id text, 2 label text, 3 occupancy_status OccupancyStatus, 4 occupancy_percentage number, \
            5 carriage_sequence number
            Alert: 1 active_period TimeRange*, 5 informed_entity EntitySelector*, 6 cause Cause, 7 effect Effect, 8 url TranslatedString, \
            10 header_text TranslatedString, 11 description_text TranslatedString, 12 tts_header_text TranslatedString, \
            13 tts_description_text TranslatedString, 14 severity_level SeverityLevel, 17 cause_detail TranslatedString, \
            18 effect_detail TranslatedString
            TimeRange: 1 start number, 2 end number
            Position: 1 latitude float!, 2 longitude float!, 3 bearing float, 4 odometer double, 5 speed float
            TripDescriptor: 1 trip_id text, 2 start_time text, 3 start_date text, 4 schedule_relationship TripRelationship, \
            5 route_id text, 6 direction_id number
            VehicleDescriptor: 1 id text, 2 label text, 3 license_plate text, 4 wheelchair_accessible WheelchairAccessible
            EntitySelector: 1 agency_id text, 2 route_id text, 3 route_type number, 4 trip TripDescriptor, 5 stop_id text, \
            6 direction_id number
            TranslatedString: 1 translation Translation*
            Translation: 1 text text!, 2 language text
            """;

    /** Each line is a set of constants; the first has the number that stands behind the name of the set. */
    private static final String CONSTANTS = """
            Incrementality 0: FULL_DATASET DIFFERENTIAL
            StopRelationship 0: SCHEDULED SKIPPED NO_DATA UNSCHEDULED
            VehicleStopStatus 0: INCOMING_AT STOPPED_AT IN_TRANSIT_TO
            CongestionLevel 0: UNKNOWN_CONGESTION_LEVEL RUNNING_SMOOTHLY STOP_AND_GO CONGESTION SEVERE_CONGESTION
            OccupancyStatus 0: EMPTY MANY_SEATS_AVAILABLE FEW_SEATS_AVAILABLE STANDING_ROOM_ONLY CRUSHED_STANDING_ROOM_ONLY FULL \
            NOT_ACCEPTING_PASSENGERS NO_DATA_AVAILABLE NOT_BOARDABLE
            Cause 1: UNKNOWN_CAUSE OTHER_CAUSE TECHNICAL_PROBLEM STRIKE DEMONSTRATION ACCIDENT HOLIDAY WEATHER MAINTENANCE CONSTRUCTION \
            POLICE_ACTIVITY MEDICAL_EMERGENCY SPECIAL_EVENT
            Effect 1: NO_SERVICE REDUCED_SERVICE SIGNIFICANT_DELAYS DETOUR ADDITIONAL_SERVICE MODIFIED_SERVICE OTHER_EFFECT UNKNOWN_EFFECT \
            STOP_MOVED NO_EFFECT ACCESSIBILITY_ISSUE
            SeverityLevel 1: UNKNOWN_SEVERITY INFO WARNING SEVERE
            TripRelationship 0: SCHEDULED ADDED UNSCHEDULED CANCELED - REPLACEMENT DUPLICATED DELETED NEW
            WheelchairAccessible 0: NO_VALUE UNKNOWN WHEELCHAIR_ACCESSIBLE WHEELCHAIR_INACCESSIBLE
            """;

    private static final Map<String, Map<Integer, Field>> BY_MESSAGE = messages();
    private static final Map<String, Constants> BY_NAME = constants();

    private GtfsRealtimeSchema() {}

    /** A field of a message; its kind is {@code text}, {@code number}, {@code truth}, {@code float}, {@code double}, or a name. */
    record Field(String name, String kind, boolean repeats, boolean required) {}

    private record Constants(int first, List<String> names) {}

    private static Map<String, Map<Integer, Field>> messages() {
        Map<String, Map<Integer, Field>> messages = new HashMap<>();
        MESSAGES.lines().forEach(line -> {
            String[] message = line.split(": ", 2);
            Map<Integer, Field> fields = new HashMap<>();
            for (String field : message[1].split(", ", -1)) {
                String[] parts = field.strip().split(" ", 3);
                String kind = parts[2].replaceAll("[*!]", "");
                fields.put(
                        Integer.parseInt(parts[0]),
                        new Field(parts[1], kind, parts[2].endsWith("*"), parts[2].endsWith("!")));
            }
            messages.put(message[0], Map.copyOf(fields));
        });
        return Map.copyOf(messages);
    }

    private static Map<String, Constants> constants() {
        Map<String, Constants> constants = new HashMap<>();
        CONSTANTS.lines().forEach(line -> {
            String[] set = line.split(": ", 2);
            String[] name = set[0].split(" ", 2);
            constants.put(name[0], new Constants(Integer.parseInt(name[1]), List.of(set[1].split(" ", -1))));
        });
        return Map.copyOf(constants);
    }

    /** The fields of a message by their numbers. */
    static Map<Integer, Field> fields(String message) {
        return BY_MESSAGE.getOrDefault(message, Map.of());
    }

    static boolean isMessage(String kind) {
        return BY_MESSAGE.containsKey(kind);
    }

    /** The name of a constant; null when the kind has no constants, the number itself where it has no name. */
    static @Nullable String constant(String kind, long number) {
        Constants set = BY_NAME.get(kind);
        if (set == null) {
            return null;
        }
        long index = number - set.first();
        return index >= 0
                        && index < set.names().size()
                        && !set.names().get((int) index).equals("-")
                ? set.names().get((int) index)
                : Long.toString(number);
    }

    /** The number of a constant; empty when the kind has none of this name. */
    static OptionalLong findNumber(String kind, String name) {
        Constants set = BY_NAME.get(kind);
        int index = set == null || name.equals("-") ? -1 : set.names().indexOf(name);
        return set == null || index < 0 ? OptionalLong.empty() : OptionalLong.of((long) set.first() + index);
    }
}
