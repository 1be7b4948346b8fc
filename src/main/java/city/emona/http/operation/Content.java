package city.emona.http.operation;

/**
 * A body in one of its forms.
 *
 * @param mediaType such as {@code application/json}
 * @param schema the name of a component schema; empty where the bytes have none
 */
public record Content(String mediaType, String schema) {}
