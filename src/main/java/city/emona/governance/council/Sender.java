package city.emona.governance.council;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote a letter; what it does not say is null.
 *
 * @param municipality »Mestna občina Ljubljana«
 * @param administration »Mestna uprava«
 * @param unit the signing unit: »Služba za digitalizacijo«
 * @param address street, post code and place
 */
public record Sender(
        @Nullable String municipality,
        @Nullable String administration,
        @Nullable String unit,
        @Nullable String address,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String web) {
    boolean hasContact() {
        return phone != null || email != null || web != null;
    }
}
