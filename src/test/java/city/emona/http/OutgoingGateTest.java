package city.emona.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OutgoingGateTest {
    private static final URI FEED = URI.create("https://feed.example.org/x");

    @Test
    void refusesANameThatLeadsInsideWhatItsTextDoesNotTell() throws UnknownHostException {
        OutgoingGate gate = OutgoingGate.PUBLIC_ONLY.resolvingWith(_ -> new InetAddress[] {
            InetAddress.getByAddress(new byte[] {(byte) 193, 2, 1, 66}),
            InetAddress.getByAddress(new byte[] {10, 0, 0, 5})
        });
        assertThat(gate.findInner(FEED)).isEmpty();
        assertThat(gate.findRefused(FEED)).map(InetAddress::getHostAddress).contains("10.0.0.5");
        assertThat(gate.alsoAllowing("10.0.0.0/24").findRefused(FEED)).isEmpty();
    }

    @Test
    void letsPublicAddressesThroughAndThoseOfASetting() throws UnknownHostException {
        assertThat(OutgoingGate.PUBLIC_ONLY.findRefused(URI.create("http://193.2.1.66/")))
                .isEmpty();
        assertThat(OutgoingGate.PUBLIC_ONLY.findRefused(URI.create("http://[2a00:1450::1]/")))
                .isEmpty();
        OutgoingGate city = OutgoingGate.allowing("10.20.0.0/16, fd00:1::/32");
        assertThat(city.findRefused(URI.create("http://10.20.3.4/"))).isEmpty();
        assertThat(city.findRefused(URI.create("http://10.21.3.4/"))).isPresent();
        assertThat(city.findRefused(URI.create("http://[fd00:1::7]/"))).isEmpty();
        assertThat(city.findInner(URI.create("http://127.0.0.1/"))).isPresent();
    }

    @Test
    void refusesASettingThatIsNone() {
        for (String text : new String[] {"10.0.0.0/33", "example.org", "10/8", "10.0.0.0/x"}) {
            assertThatThrownBy(() -> OutgoingGate.allowing(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
