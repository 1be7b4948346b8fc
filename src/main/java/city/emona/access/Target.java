package city.emona.access;

/**
 * What something is done to, as far as it is known before it is done.
 *
 * @param tenant the tenant; empty for the main one
 * @param domain the domain of the vertical that is meant; empty where the whole city is
 * @param published whether it is of what the city publishes, and no tenant or snapshot apart
 */
public record Target(String tenant, String domain, boolean published) {
    /** The city's own space, without a domain. */
    public static final Target CITY = new Target("", "", true);

    /** The city's own space, in a domain. */
    public static Target ofDomain(String domain) {
        return new Target("", domain, true);
    }
}
