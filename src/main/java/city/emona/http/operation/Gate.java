package city.emona.http.operation;

import city.emona.http.Handler;

/** Lets requests through to operations, or refuses them. */
@FunctionalInterface
public interface Gate {
    /** Lets every request through: for servers of tests and tools, which nobody else reaches. */
    Gate OPEN = (_, handler) -> handler;

    /** The handler of an operation behind the gate; what may not pass becomes a {@link city.emona.problem.Problem}. */
    Handler guard(Operation operation, Handler handler);
}
