package city.emona.app;

import city.emona.broker.QueryGate;
import city.emona.config.Setting;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** Every setting of the program; {@code docs/configuration.md} is written from this list. */
final class Settings {
    static final Setting<String> HOST = Setting.text(
            "server.host",
            "The address to listen on. Until accounts exist, only an address of this machine alone is allowed.",
            "127.0.0.1");

    static final Setting<Integer> PORT =
            Setting.number("server.port", "The port to listen on; 0 for any that is free.", 8080, 0, 65_535);

    static final Setting<Integer> MAX_BODY_MEGABYTES = Setting.number(
            "server.max-body-megabytes", "How large the body of a request may be, in megabytes.", 16, 1, 1_024);

    static final Setting<String> DATA =
            Setting.text("data.folder", "The folder of the data, relative to where the program is started.", "data");

    static final Setting<Integer> RESERVE_MEGABYTES = Setting.number(
            "data.reserve-megabytes",
            "How much of the disk is left free, in megabytes. Below that, writing is answered 507 until there is room again.",
            128,
            1,
            1_000_000);

    static final Setting<Integer> MAX_QUERY_MEGASTEPS = Setting.number(
            "query.max-megasteps",
            "What a query may cost at most, in millions of steps: how many entities it has to look at, times what it does to each. A"
                    + " query that would cost more is refused before it begins. A core does about ten million steps in a second.",
            (int) (QueryGate.DEFAULT_MAX_STEPS / 1_000_000),
            1,
            1_000_000);

    static final Setting<Integer> MAX_QUERY_SECONDS = Setting.number(
            "query.max-seconds",
            "How long a heavy query may take, and how long it may wait for its turn. Then it is stopped.",
            (int) QueryGate.DEFAULT_MAX_TIME.toSeconds(),
            1,
            3_600);

    static final Setting<String> CITY =
            Setting.text("city.name", "The name of the city, as the pages show it.", "Ljubljana");

    static final Setting<ZoneId> TIMEZONE = new Setting<>(
            "city.timezone",
            "The time zone of the city, as the IANA database names it. Years, months and days in which history is aggregated are those of"
                    + " its calendar.",
            "Europe/Ljubljana",
            text -> {
                try {
                    return ZoneId.of(text);
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException("a time zone such as Europe/Ljubljana", e);
                }
            });

    static final Setting<Integer> MAX_INSTANCES = Setting.number(
            "history.max-instances",
            "How many instances of one attribute an answer of the temporal API holds at most. Where there are more, it has the status 206"
                    + " and says which range of time it tells of.",
            10,
            1,
            1_000_000);

    /** Stands for the folder of the verticals that come with the program. */
    static final String SHIPPED = "shipped";

    static final Setting<String> VERTICALS = Setting.text(
            "verticals.folder",
            "The folder of the verticals that run; `shipped` for those that come with the program, an empty folder for none.",
            SHIPPED);

    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            MAX_BODY_MEGABYTES,
            DATA,
            RESERVE_MEGABYTES,
            MAX_QUERY_MEGASTEPS,
            MAX_QUERY_SECONDS,
            CITY,
            TIMEZONE,
            MAX_INSTANCES,
            VERTICALS);

    private Settings() {}
}
