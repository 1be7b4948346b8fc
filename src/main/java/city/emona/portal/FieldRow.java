package city.emona.portal;

/**
 * A vertical in the list of all.
 *
 * @param link its page
 * @param now what there is of it, counted
 * @param alerts its open alerts
 */
public record FieldRow(Link link, String summary, String now, AlertBadge alerts) {}
