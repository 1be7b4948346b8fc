package city.emona.vertical.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.delivery.DeliverySettings;
import city.emona.broker.delivery.HttpSender;
import city.emona.broker.delivery.MailSender;
import city.emona.broker.delivery.MailSettings;
import city.emona.broker.delivery.SchemeSender;
import city.emona.json.Json;
import city.emona.vertical.source.Wait;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Alerts are told by e-mail and by HTTP, and again when the receiver did not take them. */
class AlertTellingTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> hooks = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(204);
    private FakeSmtp smtp;
    private HttpServer hook;
    private RuleCity city;
    private RuleEngine rules;
    private DeliveryEngine delivery;

    @BeforeEach
    void start() throws IOException {
        smtp = new FakeSmtp();
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            hooks.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        hook.start();
        city = new RuleCity(folder);
        AlertTargets targets = AlertTargets.parse(
                "environment=mailto:duty@city.example civil-protection=$HOOK",
                Map.of("HOOK", "http://localhost:" + hook.getAddress().getPort() + "/alerts"));
        city.watch(new AlertWatcher(_ -> null));
        MailSettings mail = new MailSettings(
                "localhost", smtp.port(), MailSettings.Security.NONE, "emona@city.example", "", "", TIMEOUT);
        HttpSender http = new HttpSender(TIMEOUT, null, Clock.systemUTC());
        delivery = new DeliveryEngine(
                city.store,
                new AlertOutbox(
                        RuleCity.NOBODY, city.broker, () -> city.verticals, targets, city.contexts, "Ljubljana"),
                SchemeSender.of(http, http).with("mailto", new MailSender(mail, Clock.systemUTC())),
                Clock.systemUTC(),
                DeliverySettings.DEFAULT.withPauses(Duration.ofMillis(50), Duration.ofMillis(100)));
        delivery.start();
        rules = city.engine();
    }

    @AfterEach
    void stop() {
        rules.close();
        delivery.close();
        city.close();
        smtp.close();
        hook.stop(0);
    }

    private static MimeMessage parsed(String mail) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void writesAnEMailWhenAnAlertIsRaisedAndWhenItIsOver() throws Exception {
        city.say(RuleCity.AIR, "Bežigrad", "o3", 190);
        Wait.until(() -> smtp.mails().size() == 1);
        MimeMessage raised = parsed(smtp.mails().getFirst());
        assertThat(raised.getSubject())
                .isEqualTo("[Ljubljana] Opozorilna vrednost ozona / Ozone information threshold");
        assertThat(raised.getAllRecipients()[0]).hasToString("duty@city.example");
        assertThat(raised.getContent().toString())
                .contains("Ozon na merilnem mestu Bežigrad je 190")
                .contains("Ozone at Bežigrad is 190")
                .contains("Resnost: večja");
        city.say(RuleCity.AIR, "Bežigrad", "o3", 100);
        Wait.until(() -> smtp.mails().size() == 2);
        assertThat(parsed(smtp.mails().getLast()).getSubject()).startsWith("[Ljubljana] Konec: ");
        assertThat(parsed(smtp.mails().getLast()).getContent().toString()).contains("ne velja več");
    }

    @Test
    void postsTheAlertAndTriesAgainUntilItIsTaken() {
        status.set(503);
        city.say(RuleCity.AIR, "a", "o3", 250);
        Wait.until(() -> hooks.size() >= 2);
        status.set(204);
        int before = hooks.size();
        Wait.until(() -> hooks.size() > before);
        JsonNode told = Json.parse(hooks.getLast());
        assertThat(told.path("event").asString()).isEqualTo("raised");
        assertThat(told.at("/alert/description/languageMap/en").asString()).startsWith("Ozone at a is 250");
        assertThat(told.at("/alert/severity").asString()).isEqualTo("critical");
        assertThat(told.at("/alert/alertState").asString()).isEqualTo("raised");
        assertThat(told.at("/alert/alertSource").asString()).isEqualTo("urn:ngsi-ld:AirQualityObserved:a");
    }

    @Test
    void givesAnEMailUpThatTheServerRefusesForGood() {
        smtp.answerToReceivers("550 no such user");
        city.say(RuleCity.AIR, "a", "o3", 190);
        Wait.until(() -> delivery.countDeadLetters() == 1);
        assertThat(delivery.listDeadLetters("", 0, 10).getFirst().reason()).contains("550");
        assertThat(smtp.mails()).isEmpty();
    }

    @Test
    void refusesTargetsThatCannotBeReached() {
        assertThat(AlertTargets.parse("", Map.of()).addresses()).isEmpty();
        assertThatThrownBy(() -> AlertTargets.parse("duty", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AlertTargets.parse("duty=ftp://x", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of mailto:");
        assertThatThrownBy(() -> AlertTargets.parse("duty=$NONE", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NONE");
    }
}
