package city.emona.app;

import city.emona.http.HttpServer;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Right;
import city.emona.json.Json;
import city.emona.store.ContextStore;
import city.emona.store.StoreHealth;
import city.emona.store.Tenant;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator asks the running program: is it alive, can it work, how much does it do. */
final class Health {
    private final ContextStore store;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().build();

    Health(ContextStore store, Supplier<@Nullable HttpServer> server) {
        this.store = store;
        counter(
                "emona_commits",
                "Change-sets committed since the start",
                () -> store.health().commits());
        counter(
                "emona_syncs",
                "Synced writes that carried them",
                () -> store.health().syncs());
        gauge(
                "emona_store_writable",
                "1 when changes are accepted",
                () -> store.health().writable() ? 1 : 0);
        CounterWithCallback.builder()
                .name("emona_history_removed_instances")
                .help("Instances that were too old to be kept, by the type of their entity")
                .labelNames("type")
                .callback(callback -> {
                    Map<String, Long> removed = new TreeMap<>();
                    store.listRetention()
                            .forEach(report ->
                                    removed.merge(report.rule().type(), report.instancesRemoved(), Long::sum));
                    removed.forEach((type, count) -> callback.call((double) count, type));
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("emona_entities")
                .help("Entities of each tenant")
                .labelNames("tenant")
                .callback(callback -> {
                    for (Tenant tenant : store.listTenants()) {
                        callback.call((double) store.countEntities(tenant), tenant.name());
                    }
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("emona_http_answers")
                .help("HTTP answers by the first digit of their status")
                .labelNames("status")
                .callback(callback -> {
                    HttpServer running = server.get();
                    if (running != null) {
                        running.answersByStatusClass()
                                .forEach((status, count) -> callback.call((double) count, status));
                    }
                })
                .register(registry);
        gauge("emona_event_streams", "Open streams of server-sent events", () -> {
            HttpServer running = server.get();
            return running == null ? 0 : running.openStreams();
        });
        Runtime runtime = Runtime.getRuntime();
        gauge("emona_heap_used_bytes", "Memory of the heap in use", () -> runtime.totalMemory() - runtime.freeMemory());
        gauge(
                "emona_uptime_seconds",
                "Seconds since the start",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    }

    private void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** Where other parts of the program add what they count. */
    PrometheusRegistry registry() {
        return registry;
    }

    Stream<Operation> operations() {
        return Stream.of(
                        Operation.getFast(
                                        "/health/live",
                                        _ -> Response.json(
                                                200, Json.bytes(Json.object().put("status", "up"))))
                                .requiring(Right.SERVICE_READ)
                                .named("isAlive", "Ask whether the program runs", "")
                                .answering(Answer.of(200, "It runs.", "Liveness", "application/json")),
                        Operation.getFast("/health/ready", this::ready)
                                .requiring(Right.SERVICE_READ)
                                .named("isReady", "Ask whether the program can work", "")
                                .answering(
                                        Answer.of(200, "It can read and write.", "Readiness", "application/json"),
                                        Answer.of(
                                                503,
                                                "It can only read; the body says why.",
                                                "Readiness",
                                                "application/json")),
                        Operation.get("/metrics", this::metrics)
                                .requiring(Right.METRICS_READ)
                                .named("retrieveMetrics", "Retrieve figures for Prometheus", "")
                                .answering(Answer.of(200, "The figures, as text.", "", writer.getContentType())))
                .map(operation -> operation.in("Operate"));
    }

    private Response ready(Request request) {
        StoreHealth health = store.health();
        var body = Json.object()
                .put("status", health.writable() ? "ready" : "read-only")
                .put("version", Version.current());
        if (!health.writable()) {
            body.put("detail", health.detail());
        }
        return Response.json(health.writable() ? 200 : 503, Json.bytes(body));
    }

    private Response metrics(Request request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Response.of(200, writer.getContentType(), out.toByteArray());
    }
}
