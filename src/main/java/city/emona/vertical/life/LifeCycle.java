package city.emona.vertical.life;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ChangeSet;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Models;
import city.emona.vertical.PackageContent;
import city.emona.vertical.PackageZip;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.Verticals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Installs, changes and removes verticals while the platform runs. Safe for use by many threads; one order is carried out at a time.
 */
public final class LifeCycle implements AutoCloseable {
    private final Estate estate;
    private final PackageStore packages;
    private final EntityRun entities;
    private final Planner planner;
    private final Endings endings;
    private final RunKeeper runs;
    private final OrderBook orders;
    private final List<Consumer<Verticals>> listeners = new CopyOnWriteArrayList<>();
    private volatile Verticals current = new Verticals(List.of(), List.of());

    /** Reads what runs: what is installed, and of the bundled folder what was neither installed nor removed. */
    public LifeCycle(Estate estate) {
        this.estate = estate;
        this.packages = new PackageStore(estate.store(), estate.dataFolder(), estate.clock());
        this.entities = new EntityRun(estate.store(), packages, estate.clock());
        this.planner = new Planner(estate, packages, entities, this::current);
        this.endings = new Endings(estate, packages, entities, this::current);
        this.runs = new RunKeeper(estate, packages, entities, endings, this::reload);
        this.orders = new OrderBook(estate.store());
        packages.tidy(true);
        packages.listPublishedContexts()
                .forEach((key, context) -> estate.contexts()
                        .register(
                                Verticals.CONTEXT_PATH + key + ".jsonld",
                                new Models((ObjectNode) context, List.of()).document()));
        reload();
    }

    /** The verticals that run now. */
    public Verticals current() {
        return current;
    }

    /** Has someone told of the verticals whenever they change, and when work on entities is done. */
    public void onChange(Consumer<Verticals> listener) {
        listeners.add(listener);
    }

    /** Goes on with work on entities that a kill or a stop interrupted. */
    public void resume() {
        packages.listLedgers().forEach(runs::start);
    }

    /** Goes on with work on the entities of one vertical, if it stopped before its end. */
    public void resume(String id) {
        packages.findLedger(id).ifPresent(runs::start);
    }

    /** Everything that is known of the verticals, for whoever looks after them. */
    public Register register() {
        return new Register(estate, packages, entities, runs, orders, this::current);
    }

    /** The verticals whose sources must rest, since their entities are being worked on. */
    public Set<String> resting() {
        return packages.listLedgers().stream()
                .filter(ledger ->
                        ledger.findRun().filter(run -> !run.isFinished()).isPresent())
                .map(Ledger::id)
                .collect(Collectors.toSet());
    }

    /** What was ever installed, removed ones included. */
    public List<Ledger> listLedgers() {
        return packages.listLedgers();
    }

    /** The ledger of a vertical; empty when it was never installed. */
    public Optional<Ledger> findLedger(String id) {
        return packages.findLedger(id);
    }

    private synchronized void reload() {
        Set<String> known = new HashSet<>();
        List<Vertical> list = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Ledger ledger : packages.listLedgers()) {
            known.add(ledger.id());
            if (!ledger.removed()) {
                Path folder = packages.unpacked(packages.content(ledger.effective()));
                Findings own = new Findings();
                VerticalReader.read(folder, estate.contexts(), own, ledger.answers())
                        .ifPresent(list::add);
                own.list()
                        .forEach(f -> findings.add(
                                new Finding(ledger.id() + "/" + f.file(), f.line(), f.reason(), f.remedy())));
            }
        }
        Verticals bundled = Verticals.read(estate.bundledFolder(), estate.contexts());
        bundled.list().stream()
                .filter(vertical -> !known.contains(vertical.id()))
                .forEach(list::add);
        findings.addAll(bundled.findings());
        list.sort(Comparator.comparing(Vertical::id));
        current = Verticals.of(
                list, findings, estate.contexts(), estate.cityContexts().toArray(JsonNode[]::new));
        listeners.forEach(listener -> listener.accept(current));
    }

    /** Looks at a package and keeps it to be installed, if nothing is wrong with it. */
    public PackageReport upload(byte[] zip) {
        Findings findings = new Findings();
        Optional<PackageContent> content = PackageZip.read(zip, findings);
        return content.map(found -> upload(found, findings))
                .orElseGet(() -> new PackageReport("", null, findings.list()));
    }

    private PackageReport upload(PackageContent content, Findings findings) {
        Path folder = packages.unpacked(content);
        new PackageCheck(estate.contexts(), estate.gate()).check(content, folder, findings);
        Optional<Vertical> vertical = VerticalReader.read(folder, estate.contexts(), new Findings());
        if (!findings.isEmpty() || vertical.isEmpty()) {
            return new PackageReport("", vertical.orElse(null), findings.list());
        }
        packages.await(content);
        packages.tidy(false);
        return new PackageReport(content.digest(), vertical.get(), List.of());
    }

    /**
     * Keeps the package of a vertical, as it came, to be installed: to give other answers, to take a bundled one over or a removed one back.
     *
     * @return its digest
     * @throws Problem of type ResourceNotFound
     */
    public String keepPackage(String id) {
        PackageContent content = packages.findLedger(id)
                .map(ledger -> packages.content(ledger.files()))
                .or(() -> current.find(id)
                        .flatMap(vertical -> PackageContent.ofFolder(vertical.folder(), new Findings())))
                .orElseThrow(() -> Problem.notFound("There is no vertical " + id + "."));
        packages.await(content);
        return content.digest();
    }

    /**
     * What an order would do.
     *
     * @throws Problem when there is no such package or vertical
     */
    public synchronized Plan plan(Order order) {
        return draft(order).plan();
    }

    private Draft draft(Order order) {
        return switch (order.action()) {
            case INSTALL, UPGRADE -> planner.draft(order);
            case ROLLBACK -> endings.rollback(order);
            case REMOVE -> endings.removal(order);
        };
    }

    /**
     * What came of an order.
     *
     * @param file where entities were exported to; empty for none
     */
    public record Outcome(Plan plan, Optional<Path> file) {}

    /**
     * Carries an order out: all of it in one commit, or nothing. Work on entities begins right after.
     *
     * @param hash of the plan that was agreed to; empty to agree to whatever the plan is
     * @throws Problem of type Conflict when the plan would be another now, of type BadRequestData when it is refused
     */
    public Outcome apply(Order order, String hash) {
        Outcome outcome = commit(order, hash);
        reload();
        packages.findLedger(outcome.plan().vertical()).ifPresent(runs::start);
        return outcome;
    }

    private synchronized Outcome commit(Order order, String hash) {
        Draft draft = draft(order);
        Plan plan = draft.plan();
        if (!hash.isEmpty() && !hash.equals(plan.hash())) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    "The plan would be another now: " + plan.hash() + " instead of " + hash + ".",
                    "Look at the plan again, and agree to it anew.");
        }
        if (plan.isRefused() || draft.next() == null) {
            throw Problem.badRequestData(
                    plan.refusals().stream().map(LocalizedText::en).collect(Collectors.joining(" ")),
                    "Nothing was changed.");
        }
        Ledger next = draft.next();
        Optional<Path> file = order.action() == Order.Action.REMOVE && order.entities() == Order.Entities.EXPORT
                ? Optional.of(endings.export(next.id()))
                : Optional.empty();
        List<DocumentWrite> documents = new ArrayList<>();
        if (draft.packaged() != null && draft.effective() != null && draft.vertical() != null) {
            estate.secrets().put(next.id(), draft.secrets());
            packages.unpacked(draft.effective());
            documents.addAll(packages.writes(draft.packaged()));
            draft.effective().files().forEach((path, bytes) -> {
                if (next.edits().containsKey(path)) {
                    documents.add(packages.write(bytes));
                }
            });
            documents.add(packages.publish(
                    next.id(),
                    next.version().toString(),
                    PublishedModels.digest(draft.packaged(), draft.vertical()),
                    draft.vertical().models().context()));
        }
        if (order.action() != Order.Action.ROLLBACK && !plan.from().equals(plan.to())) {
            documents.addAll(entities.forgetKept(next.id()));
        }
        documents.addAll(endings.writesOfBundled(next));
        documents.add(packages.write(next));
        documents.add(orders.note(next.id(), DoneOrder.of(plan, estate.clock().millis())));
        estate.store().commit(new ChangeSet(Tenant.DEFAULT, List.of(), documents));
        if (next.removed()) {
            estate.secrets().forget(next.id());
        }
        sweep();
        return new Outcome(plan, file);
    }

    private void sweep() {
        List<DocumentWrite> gone = packages.sweep(packages.listLedgers());
        if (!gone.isEmpty()) {
            estate.store().commit(new ChangeSet(Tenant.DEFAULT, List.of(), gone));
        }
        packages.tidy(false);
    }

    /** A file of an installed vertical as it is at work. */
    public byte[] file(String id, String path) {
        String digest = installed(id).effective().get(path);
        if (digest == null) {
            throw Problem.notFound("The vertical " + id + " has no file " + path + ".");
        }
        return packages.file(digest);
    }

    private Ledger installed(String id) {
        return packages.findLedger(id)
                .filter(ledger -> !ledger.removed())
                .orElseThrow(() -> Problem.notFound("The vertical " + id + " is not installed."));
    }

    /**
     * Changes a file of an installed vertical here only; the change is kept through upgrades.
     *
     * @throws Problem of type BadRequestData when the package would not be right any more, or its models would change
     */
    public void edit(String id, String path, byte[] content) {
        List<Finding> findings = tryEdit(id, path, content);
        if (!findings.isEmpty()) {
            throw PackageReport.problem(findings);
        }
    }

    /**
     * Changes a file of an installed vertical here only, unless the package would not be right any more.
     *
     * @return what would not be right; none when the file is changed
     * @throws Problem of type BadRequestData when its identity, version or models would change
     */
    public List<Finding> tryEdit(String id, String path, byte[] content) {
        return changeEdit(id, path, content);
    }

    /**
     * Takes a local change back.
     *
     * @throws Problem of type BadRequestData when the package would not be right any more
     */
    public void revert(String id, String path) {
        List<Finding> findings = changeEdit(id, path, null);
        if (!findings.isEmpty()) {
            throw PackageReport.problem(findings);
        }
    }

    private List<Finding> changeEdit(String id, String path, byte @Nullable [] content) {
        List<Finding> findings = commitEdit(id, path, content);
        if (findings.isEmpty()) {
            reload();
        }
        return findings;
    }

    /** @param content what the file is to be; null for what the package brought, if it brought any */
    private synchronized List<Finding> commitEdit(String id, String path, byte @Nullable [] content) {
        Ledger ledger = installed(id);
        SortedMap<String, String> edits = new TreeMap<>(ledger.edits());
        edits.remove(path);
        SortedMap<String, byte[]> changed = new TreeMap<>();
        List<DocumentWrite> documents = new ArrayList<>();
        if (content != null) {
            changed.put(path, content);
            documents.add(packages.write(content));
            String digest = PackageContent.digest(content);
            if (!digest.equals(ledger.files().get(path))) {
                edits.put(path, digest);
            }
        }
        Ledger next = ledger.withEdits(edits);
        SortedMap<String, String> kept = next.effective();
        kept.keySet().removeAll(changed.keySet());
        List<Finding> findings = checkEdit(ledger, packages.content(kept).with(changed));
        if (!findings.isEmpty()) {
            return findings;
        }
        documents.add(packages.write(next));
        DoneOrder.Deed deed = content == null ? DoneOrder.Deed.REVERT : DoneOrder.Deed.EDIT;
        documents.add(orders.note(
                id, DoneOrder.ofFile(deed, ledger, path, estate.clock().millis())));
        estate.store().commit(new ChangeSet(Tenant.DEFAULT, List.of(), documents));
        sweep();
        return findings;
    }

    /** What would not be right with the files of an installed vertical. */
    private List<Finding> checkEdit(Ledger ledger, PackageContent content) {
        Findings findings = new Findings();
        Optional<PackageContent> sound = PackageZip.read(PackageZip.write(content), findings);
        if (sound.isEmpty()) {
            return findings.list();
        }
        Path folder = packages.unpacked(sound.get());
        new PackageCheck(estate.contexts(), estate.gate()).check(sound.get(), folder, findings);
        if (!findings.isEmpty()) {
            return findings.list();
        }
        Optional<Vertical> vertical = VerticalReader.read(folder, estate.contexts(), findings, ledger.answers());
        if (vertical.isPresent()) {
            requireSameModels(ledger, sound.get(), vertical.get());
        }
        return findings.list();
    }

    private void requireSameModels(Ledger ledger, PackageContent content, Vertical vertical) {
        boolean published = packages.findPublished(ledger.id(), ledger.version().toString())
                .filter(digest -> !digest.equals(PublishedModels.digest(content, vertical)))
                .isPresent();
        if (published
                || !vertical.id().equals(ledger.id())
                || !vertical.version().equals(ledger.version())
                || !vertical.packaging().publisher().equals(ledger.publisher())) {
            throw Problem.badRequestData(
                    "Identity, version and models of a published package cannot be changed here.",
                    "Publish a new version of it.");
        }
    }

    /** Waits until no work on entities is under way. */
    public void awaitRuns() throws InterruptedException {
        runs.await();
    }

    /** Stops work on entities behind the batch that is under way; it goes on after the next start. */
    @Override
    public void close() {
        runs.close();
    }
}
