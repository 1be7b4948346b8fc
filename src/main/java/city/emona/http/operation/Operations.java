package city.emona.http.operation;

import city.emona.http.Handler;
import city.emona.http.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The operations that a server offers: each that is added is routed, and listed for the description. Filled once, at the start. */
public final class Operations {
    private final Router router;
    private final Gate gate;
    private final List<Operation> list = new ArrayList<>();

    /** @param gate stands before every operation */
    public Operations(Router router, Gate gate) {
        this.router = router;
        this.gate = gate;
    }

    /** For pages and files, which are no operations. */
    public Router router() {
        return router;
    }

    /** Offers an operation at its path. */
    public void add(Operation operation) {
        add(operation, UnaryOperator.identity(), "");
    }

    /**
     * Offers an operation at its path with each of some endings.
     *
     * @param around what is done around the gate, the check of the parameters and the handler
     */
    public void add(Operation operation, UnaryOperator<Handler> around, String... endings) {
        if (operation.id().isEmpty()
                || list.stream().anyMatch(other -> other.id().equals(operation.id()))) {
            throw new IllegalArgumentException(operation.method() + " " + operation.path() + " has no name of its own");
        }
        Handler handler = around.apply(gate.guard(operation, operation.checked()));
        for (String ending : endings) {
            router.add(operation.method(), operation.path() + ending, handler, operation.fast());
        }
        list.add(operation);
    }

    /** What is offered, in the order in which it was added. */
    public List<Operation> list() {
        return List.copyOf(list);
    }
}
