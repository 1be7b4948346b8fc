package city.emona.app;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where orders about verticals go: a running server, or a data folder that the command opens itself. */
interface LifeDesk extends AutoCloseable {
    /** The verticals that run. */
    JsonNode list() throws InterruptedException;

    /** Gives a package, as a ZIP file, to be checked and kept; the report. */
    JsonNode upload(byte[] zip) throws InterruptedException;

    /** What an order would do. */
    JsonNode plan(ObjectNode order) throws InterruptedException;

    /** Carries an order out, and waits for work on entities where nobody else does it; the plan that was carried out. */
    JsonNode apply(ObjectNode order) throws InterruptedException;

    @Override
    void close();
}
