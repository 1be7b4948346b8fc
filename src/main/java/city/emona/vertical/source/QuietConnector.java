package city.emona.vertical.source;

import city.emona.vertical.format.RecordSink;

/** A source that nobody asks: others send its documents, or bring them. */
final class QuietConnector implements Connector {
    @Override
    public boolean poll(Occasion occasion, RecordSink sink) {
        return false;
    }

    @Override
    public void accepted() {}
}
