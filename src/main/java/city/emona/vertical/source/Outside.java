package city.emona.vertical.source;

import city.emona.http.OutgoingGate;
import city.emona.vertical.format.SourceFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** Asks the gate before a source connects, and says in words why it may not. */
record Outside(OutgoingGate gate) {
    /** @throws SourceFailure when the address is inside the network and not allowed, or its host is not known */
    void require(URI address) throws SourceFailure {
        if (address.getHost() == null) {
            throw unknownHost(address);
        }
        try {
            Optional<InetAddress> inner = gate.findRefused(address);
            if (inner.isPresent()) {
                String found = inner.get().getHostAddress();
                throw new SourceFailure(
                        "Strežnik " + address.getHost() + " je v notranjem omrežju (" + found
                                + "), do katerega nastavitev outgoing.allowed-networks ne dovoli dostopa.",
                        "The server " + address.getHost() + " is inside the network (" + found
                                + "), which the setting outgoing.allowed-networks does not allow.");
            }
        } catch (UnknownHostException _) {
            throw unknownHost(address);
        }
    }

    static SourceFailure unknownHost(URI address) {
        return new SourceFailure(
                "Strežnika " + address.getAuthority() + " ni mogoče najti.",
                "The server " + address.getAuthority() + " cannot be found.");
    }
}
