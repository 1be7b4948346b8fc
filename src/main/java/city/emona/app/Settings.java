package city.emona.app;

import city.emona.access.Policy;
import city.emona.broker.QueryGate;
import city.emona.broker.delivery.DeliverySettings;
import city.emona.broker.delivery.MailSettings;
import city.emona.broker.live.LiveHub;
import city.emona.config.Setting;
import city.emona.http.OutgoingGate;
import city.emona.vertical.rule.AlertTargets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Every setting of the program; {@code docs/configuration.md} is written from this list. */
final class Settings {
    static final Setting<String> HOST = Setting.text(
            "server.host",
            "The address to listen on. Only an address of this machine alone is allowed: others reach it through a proxy that speaks TLS.",
            "127.0.0.1");

    static final Setting<Integer> PORT =
            Setting.number("server.port", "The port to listen on; 0 for any that is free.", 8080, 0, 65_535);

    static final Setting<Integer> MAX_BODY_MEGABYTES = Setting.number(
            "server.max-body-megabytes", "How large the body of a request may be, in megabytes.", 16, 1, 1_024);

    static final Setting<String> CERTIFICATE = Setting.text(
            "server.certificate",
            "A file in PEM with the server's certificate and those that lead to its authority; with it, the server speaks TLS. It is read"
                    + " again within seconds when it changes.",
            "");

    static final Setting<String> KEY = Setting.text(
            "server.key", "A file in PEM with the private key of that certificate as PKCS 8, without a password.", "");

    static final Setting<String> DATA =
            Setting.text("data.folder", "The folder of the data, relative to where the program is started.", "data");

    static final Setting<Integer> RESERVE_MEGABYTES = Setting.number(
            "data.reserve-megabytes",
            "How much of the disk is left free, in megabytes. Below that, writing is answered 507 until there is room again.",
            128,
            1,
            1_000_000);

    static final Setting<String> BACKUP_FOLDER = Setting.text(
                    "backup.folder",
                    "A folder for backups that are made while the server runs, each in a folder named after its moment; without one, none is made.",
                    "")
            .live();

    static final Setting<Integer> BACKUP_EVERY_HOURS = Setting.number(
                    "backup.every-hours", "How often a backup is made there, in hours.", 24, 1, 8_760)
            .live();

    static final Setting<Integer> BACKUP_KEEP = Setting.number(
                    "backup.keep",
                    "How many backups are kept there; the oldest go first, when a new one is whole.",
                    7,
                    1,
                    1_000)
            .live();

    static final Setting<Integer> MAX_QUERY_MEGASTEPS = Setting.number(
                    "query.max-megasteps",
                    "What a query may cost at most, in millions of steps: how many entities it has to look at, times what it does to each. A"
                            + " query that would cost more is refused before it begins. A core does about ten million steps in a second.",
                    (int) (QueryGate.DEFAULT_MAX_STEPS / 1_000_000),
                    1,
                    1_000_000)
            .live();

    static final Setting<Integer> MAX_QUERY_SECONDS = Setting.number(
                    "query.max-seconds",
                    "How long a heavy query may take, and how long it may wait for its turn. Then it is stopped.",
                    (int) QueryGate.DEFAULT_MAX_TIME.toSeconds(),
                    1,
                    3_600)
            .live();

    static final Setting<Integer> DELIVERY_TIMEOUT_SECONDS = Setting.number(
            "delivery.timeout-seconds",
            "How long the receiver of a notification may take, where its subscription does not say.",
            10,
            1,
            600);

    static final Setting<Integer> DELIVERY_LONGEST_PAUSE_SECONDS = Setting.number(
            "delivery.longest-pause-seconds",
            "How long an endpoint that fails is left alone at most. The first pause is a second, and each is twice the one before.",
            (int) DeliverySettings.DEFAULT.longestPause().toSeconds(),
            1,
            86_400);

    static final Setting<Integer> DELIVERY_RETENTION_HOURS = Setting.number(
            "delivery.retention-hours",
            "For how long a notification is tried before it is given up, and how far back notifications can be sent again.",
            (int) DeliverySettings.DEFAULT.retention().toHours(),
            1,
            8_760);

    static final Setting<Integer> DELIVERY_MESSAGES_PER_SECOND = Setting.number(
            "delivery.messages-per-second",
            "How many notifications one endpoint gets in a second at most; 0 for any number.",
            DeliverySettings.DEFAULT.messagesPerSecond(),
            0,
            1_000_000);

    static final Setting<Integer> DELIVERY_QUEUE_LENGTH = Setting.number(
            "delivery.queue-length",
            "How many notifications to one endpoint wait in memory; what goes beyond waits on the disk.",
            DeliverySettings.DEFAULT.queueLength(),
            1,
            1_000_000);

    static final Setting<Integer> DELIVERY_MAX_DEAD_LETTERS = Setting.number(
            "delivery.max-dead-letters",
            "How many notifications that were given up are kept, to be looked at and sent again; the oldest go first.",
            DeliverySettings.DEFAULT.maxDeadLetters(),
            1,
            1_000_000);

    static final Setting<Integer> DELIVERY_MAX_DEAD_LETTER_MEGABYTES = Setting.number(
            "delivery.max-dead-letter-megabytes",
            "How much memory and disk they may take, in megabytes.",
            (int) (DeliverySettings.DEFAULT.maxDeadLetterBytes() / 1024 / 1024),
            1,
            1_024);

    static final Setting<String> DELIVERY_CERTIFICATES = Setting.text(
            "delivery.trusted-certificates",
            "A file of certificates in PEM of authorities that are trusted for https and mqtts, beside those that the platform trusts.",
            "");

    static final Setting<Integer> MAX_STREAMS = Setting.number(
                    "streams.max",
                    "How many live streams there may be at once, those of open pages among them. Whoever asks for one more is answered 503.",
                    LiveHub.DEFAULT_MAX_STREAMS,
                    1,
                    100_000)
            .live();

    static final Setting<String> MAIL_HOST =
            Setting.text("mail.host", "The server through which e-mail is sent; without one, none is sent.", "");

    static final Setting<Integer> MAIL_PORT = Setting.number("mail.port", "The port of that server.", 587, 1, 65_535);

    static final Setting<MailSettings.Security> MAIL_SECURITY = new Setting<>(
            "mail.security",
            "How the connection to it is protected: `starttls`, `tls` from its beginning, or `none` for a server on this machine.",
            "starttls",
            text -> {
                for (MailSettings.Security security : MailSettings.Security.values()) {
                    if (security.name().toLowerCase(Locale.ROOT).equals(text)) {
                        return security;
                    }
                }
                throw new IllegalArgumentException("one of none, starttls and tls");
            });

    static final Setting<String> MAIL_FROM =
            Setting.text("mail.from", "The address that e-mail comes from.", "emona@localhost");

    static final Setting<String> MAIL_USER =
            Setting.text("mail.user", "Who signs in at the mail server; empty where it asks for nobody.", "");

    static final Setting<String> MAIL_PASSWORD_FILE =
            Setting.text("mail.password-file", "A file that holds the password of that user and nothing else.", "");

    static final Setting<AlertTargets> ALERT_TARGETS = new Setting<>(
            "alerts.targets",
            "Who can be told of alerts: names that rules use, each with an address of e-mail, HTTP or MQTT, such as"
                    + " `duty=mailto:duty@city.example room=https://hooks.city.example/alerts`. An address such as `$DUTY_HOOK` is taken"
                    + " from the environment, so that no secret stands in the file.",
            "",
            text -> AlertTargets.parse(text, System.getenv()));

    static final Setting<String> CITY =
            Setting.text("city.name", "The name of the city, as the pages show it.", "Ljubljana");

    static final Setting<ZoneId> TIMEZONE = new Setting<>(
            "city.timezone",
            "The time zone of the city, as the IANA database names it. Years, months and days in which history is aggregated are those of"
                    + " its calendar, and the pages tell moments by its clocks.",
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
            1_000,
            1,
            1_000_000);

    /** Stands for the folder of the verticals that come with the program. */
    static final String SHIPPED = "shipped";

    static final Setting<String> VERTICALS = Setting.text(
            "verticals.folder",
            "The folder of the verticals that run; `shipped` for those that come with the program, an empty folder for none.",
            SHIPPED);

    static final Setting<OutgoingGate> ALLOWED_NETWORKS = new Setting<>(
            "outgoing.allowed-networks",
            "Networks of this machine or the city's that sources may connect to, such as `10.20.0.0/16, fd00::/8`. Everything that is not"
                    + " public is refused unless it stands here; the demo city reads its own feeds.",
            "",
            text -> {
                try {
                    return OutgoingGate.allowing(text);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("networks such as 10.0.0.0/8, fd00::/8, or nothing", e);
                }
            });

    static final Setting<Policy> ACCESS_POLICY = new Setting<>(
            "access.policy",
            "A file of rights and the roles that have them, such as `data.write: [editor, steward]`; what it does not name stays as it comes"
                    + " with the program.",
            "",
            text -> text.isEmpty() ? Policy.shipped() : Policy.shipped().with(Path.of(text)));

    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            MAX_BODY_MEGABYTES,
            CERTIFICATE,
            KEY,
            DATA,
            RESERVE_MEGABYTES,
            BACKUP_FOLDER,
            BACKUP_EVERY_HOURS,
            BACKUP_KEEP,
            MAX_QUERY_MEGASTEPS,
            MAX_QUERY_SECONDS,
            DELIVERY_TIMEOUT_SECONDS,
            DELIVERY_LONGEST_PAUSE_SECONDS,
            DELIVERY_RETENTION_HOURS,
            DELIVERY_MESSAGES_PER_SECOND,
            DELIVERY_QUEUE_LENGTH,
            DELIVERY_MAX_DEAD_LETTERS,
            DELIVERY_MAX_DEAD_LETTER_MEGABYTES,
            DELIVERY_CERTIFICATES,
            MAX_STREAMS,
            MAIL_HOST,
            MAIL_PORT,
            MAIL_SECURITY,
            MAIL_FROM,
            MAIL_USER,
            MAIL_PASSWORD_FILE,
            ALERT_TARGETS,
            CITY,
            TIMEZONE,
            MAX_INSTANCES,
            VERTICALS,
            ALLOWED_NETWORKS,
            ACCESS_POLICY);

    private Settings() {}
}
