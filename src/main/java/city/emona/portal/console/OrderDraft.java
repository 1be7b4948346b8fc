package city.emona.portal.console;

import city.emona.vertical.Finding;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.life.Order;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order that somebody is making: between the upload of a package, or the wish to remove one, and the button that carries it out.
 *
 * @param file what the browser's user calls the package; empty for none
 * @param title what people call the vertical of the package; null for an order without one
 * @param order null when the package is not right
 * @param findings what is not right with the package
 * @param isFilledIn whether the form was sent once, so that what it lacks is a mistake
 */
record OrderDraft(
        String file,
        @Nullable LocalizedText title,
        @Nullable Order order,
        List<Finding> findings,
        boolean isFilledIn) {
    OrderDraft {
        findings = List.copyOf(findings);
    }

    static OrderDraft of(Order order) {
        return new OrderDraft("", null, order, List.of(), false);
    }

    static OrderDraft ofPackage(String file, LocalizedText title, Order order) {
        return new OrderDraft(file, title, order, List.of(), false);
    }

    static OrderDraft refused(String file, List<Finding> findings) {
        return new OrderDraft(file, null, null, findings, false);
    }

    OrderDraft filledIn(Order changed) {
        return new OrderDraft(file, title, changed, findings, true);
    }

    Optional<LocalizedText> findTitle() {
        return Optional.ofNullable(title);
    }

    Optional<Order> findOrder() {
        return Optional.ofNullable(order);
    }
}
