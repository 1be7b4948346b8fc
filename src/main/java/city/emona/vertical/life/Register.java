package city.emona.vertical.life;

import city.emona.problem.Problem;
import city.emona.query.EntityQuery;
import city.emona.store.Tenant;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.Models;
import city.emona.vertical.PackageContent;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.Verticals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that is known of the verticals, for whoever looks after them. Reads only; safe for use by many threads. */
public final class Register {
    private final Estate estate;
    private final PackageStore packages;
    private final EntityRun entities;
    private final RunKeeper runs;
    private final OrderBook orders;
    private final Supplier<Verticals> running;

    Register(
            Estate estate,
            PackageStore packages,
            EntityRun entities,
            RunKeeper runs,
            OrderBook orders,
            Supplier<Verticals> running) {
        this.estate = estate;
        this.packages = packages;
        this.entities = entities;
        this.runs = runs;
        this.orders = orders;
        this.running = running;
    }

    /** A file of entities that were exported when a vertical was removed. */
    public record Export(String name, long bytes, long atMillis) {}

    /** Every vertical that runs, should run, or was removed, by id. */
    public List<Standing> list() {
        Verticals verticals = running.get();
        Set<String> ids = new TreeSet<>();
        verticals.list().forEach(vertical -> ids.add(vertical.id()));
        verticals.findings().forEach(finding -> ids.add(idIn(finding)));
        packages.listLedgers().forEach(ledger -> ids.add(ledger.id()));
        return ids.stream().map(id -> standing(id, verticals)).toList();
    }

    /** How one vertical is; empty when nothing is known of it. */
    public Optional<Standing> find(String id) {
        return list().stream().filter(standing -> standing.id().equals(id)).findFirst();
    }

    /**
     * How one vertical is.
     *
     * @throws Problem of type ResourceNotFound when nothing is known of it
     */
    public Standing get(String id) {
        return find(id).orElseThrow(() -> Problem.notFound("There is no vertical " + id + "."));
    }

    private static String idIn(Finding finding) {
        return finding.file().replaceFirst("/.*$", "");
    }

    private Standing standing(String id, Verticals verticals) {
        Optional<Vertical> vertical = verticals.find(id);
        return new Standing(
                id,
                vertical.orElse(null),
                packages.findLedger(id).orElse(null),
                verticals.findings().stream()
                        .filter(finding -> idIn(finding).equals(id))
                        .toList(),
                vertical.map(found -> Requirements.listBroken(found, verticals, estate.platform()))
                        .orElse(List.of()),
                runs.isUnderWay(id));
    }

    /** The files of a vertical as they are at work; of one that was removed, as they were. */
    public Optional<PackageContent> findContent(Standing standing) {
        return standing.findLedger()
                .map(ledger -> packages.content(ledger.effective()))
                .or(() -> standing.findVertical()
                        .flatMap(vertical -> PackageContent.ofFolder(vertical.folder(), new Findings())));
    }

    /** What the package of a vertical declares, also of one that does not run; empty when that cannot be read. */
    public Optional<Vertical> findDeclared(Standing standing) {
        return standing.findVertical()
                .or(() -> findContent(standing)
                        .flatMap(content ->
                                VerticalReader.read(packages.unpacked(content), estate.contexts(), new Findings())));
    }

    /** A file as the package of an installed vertical brought it; empty when the city added it. */
    public Optional<byte[]> findOriginal(Ledger ledger, String path) {
        return Optional.ofNullable(ledger.files().get(path)).map(packages::file);
    }

    /** Whether a question that is a secret has an answer. */
    public boolean hasSecret(String vertical, String question) {
        return estate.secrets().find(vertical, question).isPresent();
    }

    /** What was done with a vertical, the newest first. */
    public List<DoneOrder> listOrders(String id) {
        return orders.list(id);
    }

    /** How many entities a vertical's types have. */
    public long countEntities(Vertical vertical) {
        return count(types(vertical));
    }

    private long count(Set<String> types) {
        return types.stream()
                .mapToLong(type -> estate.store().countCandidates(Tenant.DEFAULT, EntityQuery.ofType(type)))
                .sum();
    }

    private static Set<String> types(Vertical vertical) {
        Set<String> types = new HashSet<>();
        vertical.models().types().stream().map(Models.EntityType::iri).forEach(types::add);
        return types;
    }

    /** About how many entities work that is under way is about, those that are done included; empty when that cannot be told. */
    public OptionalLong findExtent(Standing standing) {
        Optional<Run> run = standing.findUnfinishedRun();
        Optional<Vertical> vertical = findDeclared(standing);
        if (run.isEmpty() || vertical.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                switch (run.get().kind()) {
                    case MIGRATE -> countEntities(vertical.get());
                    case RESTORE -> run.get().done() + entities.countKept(standing.id());
                    case DELETE -> run.get().done() + countEntities(vertical.get());
                });
    }

    /** The exports of a vertical, the newest first. */
    public List<Export> listExports(String id) {
        Pattern name = Pattern.compile(Pattern.quote(id) + "-\\d+\\.\\d+\\.\\d+[0-9A-Za-z.+-]*-(\\d{1,18})\\.ndjson");
        List<Export> exports = new ArrayList<>();
        Path folder = estate.dataFolder().resolve(Endings.EXPORTS);
        if (!Files.isDirectory(folder)) {
            return exports;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                var matcher = name.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    exports.add(new Export(matcher.group(), Files.size(file), Long.parseLong(matcher.group(1))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exports.sort(Comparator.comparingLong(Export::atMillis).reversed());
        return exports;
    }

    /**
     * The file of an export.
     *
     * @throws Problem of type ResourceNotFound
     */
    public Path getExport(String id, String name) {
        return listExports(id).stream()
                .filter(export -> export.name().equals(name))
                .findFirst()
                .map(export -> estate.dataFolder().resolve(Endings.EXPORTS).resolve(export.name()))
                .orElseThrow(() -> Problem.notFound("There is no export " + name + "."));
    }
}
