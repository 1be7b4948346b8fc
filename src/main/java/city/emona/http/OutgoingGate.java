package city.emona.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the program itself may connect to: the public network, and those private networks that a setting allows. Everything else, such as
 * this machine, the city's inner network and the metadata service of a cloud, is refused, so that a declaration or a client cannot look
 * behind the wall through the program. Immutable.
 */
public final class OutgoingGate {
    /** Lets only public addresses through. */
    public static final OutgoingGate PUBLIC_ONLY = new OutgoingGate(List.of(), InetAddress::getAllByName);

    private static final List<Network> INNER =
            Network.parseAll("0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16,"
                    + " 172.16.0.0/12, 192.0.0.0/24, 192.0.2.0/24, 192.168.0.0/16, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24,"
                    + " 224.0.0.0/4, 240.0.0.0/4, ::/96, 64:ff9b::/96, 64:ff9b:1::/48, 100::/64, 2001:db8::/32, 2002::/16, fc00::/7,"
                    + " fe80::/9, ff00::/8");

    /** Names that lead to this machine or into its network whatever the name service says. */
    private static final Pattern INNER_NAME = Pattern.compile("(.*\\.)?(localhost|local|internal|lan|home\\.arpa)");

    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+|0x[0-9a-f.x]+");

    private final List<Network> allowed;
    private final Resolver resolver;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    public interface Resolver {
        /**
         * All addresses of a name.
         *
         * @throws UnknownHostException when there is none
         */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private OutgoingGate(List<Network> allowed, Resolver resolver) {
        this.allowed = List.copyOf(allowed);
        this.resolver = resolver;
    }

    /**
     * A gate that lets some private networks through too.
     *
     * @param networks in the form {@code 10.0.0.0/8, fd00::/8}; may be empty
     * @throws IllegalArgumentException when this is none
     */
    public static OutgoingGate allowing(String networks) {
        return new OutgoingGate(Network.parseAll(networks), InetAddress::getAllByName);
    }

    /** The same gate with another name service. */
    public OutgoingGate resolvingWith(Resolver other) {
        return new OutgoingGate(allowed, other);
    }

    /** The same gate, which lets more networks through. */
    public OutgoingGate alsoAllowing(String networks) {
        List<Network> more = new ArrayList<>(allowed);
        more.addAll(Network.parseAll(networks));
        return new OutgoingGate(more, resolver);
    }

    /**
     * The inner address that a URL leads to, as far as its text alone tells: a literal address, or a name such as {@code localhost}. Empty
     * when nothing speaks against it; no name service is asked.
     */
    public Optional<String> findInner(URI url) {
        String host = hostOf(url);
        if (INNER_NAME.matcher(host).matches()) {
            boolean loopback = host.endsWith("localhost") && allowsAny("127.0.0.1");
            return loopback || (!host.endsWith("localhost") && !allowed.isEmpty())
                    ? Optional.empty()
                    : Optional.of(host);
        }
        return LITERAL.matcher(host).matches() ? findRefused(host) : Optional.empty();
    }

    /**
     * The inner address that a URL leads to as the name service answers now; to be asked right before connecting, so that the answer asked
     * for is the one connected to: the runtime remembers it for longer than that takes.
     *
     * @throws UnknownHostException when the name has no address
     */
    public Optional<InetAddress> findRefused(URI url) throws UnknownHostException {
        for (InetAddress address : resolver.resolve(hostOf(url))) {
            if (isInner(address) && allowed.stream().noneMatch(network -> network.holds(address.getAddress()))) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    private Optional<String> findRefused(String literal) {
        try {
            return findRefused(URI.create("http://" + literal + "/")).map(_ -> literal);
        } catch (UnknownHostException | IllegalArgumentException _) {
            return Optional.of(literal);
        }
    }

    private boolean allowsAny(String literal) {
        return findRefused(literal).isEmpty();
    }

    private static boolean isInner(InetAddress address) {
        return INNER.stream().anyMatch(network -> network.holds(address.getAddress()));
    }

    private static String hostOf(URI url) {
        String host = url.getHost();
        if (host == null) {
            return "";
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /**
     * A range of addresses.
     *
     * @param prefix an address in it
     * @param bits how many of its first bits all have
     */
    private record Network(byte[] prefix, int bits) {
        static List<Network> parseAll(String text) {
            List<Network> all = new ArrayList<>();
            for (String one : text.split(",", -1)) {
                if (!one.isBlank()) {
                    all.add(parse(one.strip()));
                }
            }
            return all;
        }

        private static Network parse(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            if (!address.matches("[0-9a-fA-F.:]+") || !(address.contains(".") || address.contains(":"))) {
                throw new IllegalArgumentException("networks such as 10.0.0.0/8, fd00::/8");
            }
            try {
                byte[] prefix = InetAddress.getByName(address).getAddress();
                int bits = slash < 0 ? prefix.length * 8 : Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > prefix.length * 8) {
                    throw new IllegalArgumentException("networks such as 10.0.0.0/8, fd00::/8");
                }
                return new Network(prefix, bits);
            } catch (UnknownHostException | NumberFormatException e) {
                throw new IllegalArgumentException("networks such as 10.0.0.0/8, fd00::/8", e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i % 8);
                if ((address[i / 8] & mask) != (prefix[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
