package city.emona.portal;

import city.emona.vertical.LocalizedText;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is the same on every page.
 *
 * @param city the name of the city
 * @param zone where the city's clocks are
 * @param demo whether the city's values are made up
 * @param navigation the words of the navigation; asked for every page, since verticals come and go
 * @param assets the style sheets, scripts and fonts
 */
public record Site(
        LocalizedText city, ZoneId zone, boolean demo, Supplier<List<NavigationItem>> navigation, Assets assets) {
    /**
     * One word of the navigation.
     *
     * @param path the address without the language; pages whose path starts with it belong to it
     */
    public record NavigationItem(String path, LocalizedText title) {}
}
