package city.emona.vertical.life;

import city.emona.vertical.Findings;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.MigrationSpec;
import city.emona.vertical.PackageContent;
import city.emona.vertical.Question;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.Verticals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what an order to install or upgrade would do, from the package and from what runs now. */
final class Planner {
    private static final int MAX_TRIED = 10_000;
    private static final int MAX_TOLD = 5;

    private final Estate estate;
    private final PackageStore packages;
    private final EntityRun entities;
    private final Supplier<Verticals> running;

    Planner(Estate estate, PackageStore packages, EntityRun entities, Supplier<Verticals> running) {
        this.estate = estate;
        this.packages = packages;
        this.entities = entities;
        this.running = running;
    }

    /** A plan while it is made. */
    private static final class Sketch {
        final List<Plan.Change> changes = new ArrayList<>();
        final List<LocalizedText> notes = new ArrayList<>();
        final List<LocalizedText> refusals = new ArrayList<>();

        void refuse(String sl, String en) {
            refusals.add(new LocalizedText(sl, en));
        }

        void note(String sl, String en) {
            notes.add(new LocalizedText(sl, en));
        }
    }

    Draft draft(Order order) {
        PackageContent packaged = packages.uploaded(order.digest());
        Findings findings = new Findings();
        Map<String, String> known = new HashMap<>();
        Vertical first = VerticalReader.read(packages.unpacked(packaged), estate.contexts(), findings)
                .orElseThrow(() -> PackageReport.problem(findings.list()));
        Present present = Present.of(first.id(), running.get().find(first.id()), packages);
        present.findInstalled().ifPresent(ledger -> known.putAll(ledger.answers()));
        Sketch sketch = new Sketch();
        List<Plan.Asked> asked = ask(order, first, known, sketch);
        EditMerge merge = present.findInstalled()
                .map(ledger -> EditMerge.of(ledger, packages, packaged, order.edits()))
                .orElse(new EditMerge(new TreeMap<>(), List.of(), List.of()));
        PackageContent effective = packaged.with(merge.edits());
        Vertical vertical = read(effective, known).orElse(first);
        judge(order, packaged, vertical, first, present, merge, sketch);
        sketch.changes.addAll(Differences.between(present.content(), effective, vertical.id()));
        merge.kept()
                .forEach(path -> sketch.changes.add(new Plan.Change(
                        Plan.Effect.KEEP, Plan.FILES, path, null, Audience.of(Plan.FILES, vertical.id()))));
        Run run = migration(vertical, present, sketch);
        Ledger next = next(order, packaged, merge, vertical, present, known, run);
        Plan plan = new Plan(
                order.action(),
                vertical.id(),
                vertical.urn(),
                present.findVertical().map(v -> v.version().toString()).orElse(""),
                vertical.version().toString(),
                sketch.changes,
                sketch.notes,
                sketch.refusals,
                asked,
                state(next, present));
        return new Draft(plan, packaged, effective, vertical, next, secrets(order, vertical));
    }

    private Optional<Vertical> read(PackageContent effective, Map<String, String> answers) {
        return VerticalReader.read(packages.unpacked(effective), estate.contexts(), new Findings(), answers);
    }

    private static String state(Ledger next, Present present) {
        return next.digest()
                + next.edits()
                + next.answers()
                + next.secrets()
                + present.findLedger().map(Ledger::revision).orElse(0L)
                + (present.content() == null ? "" : present.content().digest());
    }

    private List<Plan.Asked> ask(Order order, Vertical vertical, Map<String, String> known, Sketch sketch) {
        List<Plan.Asked> asked = new ArrayList<>();
        for (Question question : vertical.packaging().questions()) {
            String given = order.answers().get(question.id());
            boolean secret = question.kind() == Question.Kind.SECRET;
            boolean takenBack = given != null
                    && given.isEmpty()
                    && (!question.required() || question.findOtherwise().isPresent());
            if (takenBack) {
                known.remove(question.id());
            } else if (given != null) {
                question.findFault(given).ifPresent(sketch.refusals::add);
            }
            boolean answered;
            if (secret) {
                answered = (given != null && !takenBack)
                        || estate.secrets().find(vertical.id(), question.id()).isPresent();
            } else {
                if (given != null && !takenBack) {
                    known.put(question.id(), given);
                }
                answered = known.containsKey(question.id())
                        || question.findOtherwise().isPresent();
            }
            if (!answered && question.required()) {
                sketch.refusals.add(Plan.Asked.missing(question));
            }
            String shown = secret ? null : known.getOrDefault(question.id(), question.otherwise());
            asked.add(new Plan.Asked(question, shown, answered));
        }
        known.keySet().removeIf(id -> vertical.packaging().findQuestion(id).isEmpty());
        for (String id : order.answers().keySet()) {
            if (vertical.packaging().findQuestion(id).isEmpty()) {
                sketch.refuse("Paket ne sprašuje po »" + id + "«.", "The package does not ask for »" + id + "«.");
            }
        }
        return asked;
    }

    private static Map<String, String> secrets(Order order, Vertical vertical) {
        Map<String, String> secrets = new HashMap<>();
        order.answers()
                .forEach((id, answer) -> vertical.packaging()
                        .findQuestion(id)
                        .filter(question -> question.kind() == Question.Kind.SECRET && !answer.isEmpty())
                        .ifPresent(_ -> secrets.put(id, answer)));
        return secrets;
    }

    private void judge(
            Order order,
            PackageContent packaged,
            Vertical vertical,
            Vertical asPackaged,
            Present present,
            EditMerge merge,
            Sketch sketch) {
        if (!merge.clashes().isEmpty()) {
            sketch.refusals.add(merge.refusal());
        }
        if (!vertical.id().equals(asPackaged.id()) || !vertical.version().equals(asPackaged.version())) {
            sketch.refuse(
                    "S krajevnimi spremembami paket ne bi bil več isti.",
                    "With the local changes it would not be the same package any more.");
        }
        if (read(packaged.with(merge.edits()), Map.of()).isEmpty()) {
            sketch.refuse(
                    "S krajevnimi spremembami opis ne bi bil več veljaven.",
                    "With the local changes the declarations would not be valid any more.");
        }
        boolean exists = present.vertical() != null || present.isInstalled();
        if (order.action() == Order.Action.INSTALL && present.isInstalled()) {
            sketch.refuse(
                    "Vertikala je že nameščena; nadgradite jo.", "The vertical is installed already; upgrade it.");
        }
        if (order.action() == Order.Action.UPGRADE && !exists) {
            sketch.refuse("Vertikala ni nameščena; namestite jo.", "The vertical is not installed; install it.");
        }
        if (present.findInstalled()
                .flatMap(Ledger::findRun)
                .filter(run -> !run.isFinished())
                .isPresent()) {
            sketch.refuse("Delo z entitetami še poteka.", "Work on its entities is still under way.");
        }
        present.findVertical().ifPresent(before -> judgeVersion(packaged, vertical, before, present, sketch));
        judgePublished(packaged, vertical, sketch);
        judgeRequirements(vertical, sketch);
    }

    private void judgeVersion(
            PackageContent packaged, Vertical vertical, Vertical before, Present present, Sketch sketch) {
        String publisher = before.packaging().publisher();
        if (!publisher.equals(vertical.packaging().publisher())) {
            sketch.refuse(
                    "Vertikalo »" + before.id() + "« je objavil drug izdajatelj: " + before.urn() + ".",
                    "The vertical »" + before.id() + "« was published by another publisher: " + before.urn() + ".");
        }
        int order = vertical.version().compareTo(before.version());
        boolean same = present.findInstalled()
                        .map(Ledger::digest)
                        .filter(packaged.digest()::equals)
                        .isPresent()
                || (present.isBundled()
                        && present.content() != null
                        && present.content().digest().equals(packaged.digest()));
        if (order < 0) {
            sketch.refuse(
                    "Različica " + vertical.version() + " je starejša od " + before.version()
                            + "; uporabite povrnitev.",
                    "Version " + vertical.version() + " is older than " + before.version() + "; roll back instead.");
        } else if (order == 0 && !same) {
            sketch.refuse(
                    "Različica " + vertical.version() + " že teče, a z drugo vsebino; dajte ji novo številko.",
                    "Version " + vertical.version() + " runs already, but with other content; give it a new number.");
        }
        List<ModelComparison.Break> breaks =
                ModelComparison.breaks(before.models(), vertical.models(), estate.contexts());
        if (!breaks.isEmpty() && !before.version().isBrokenBy(vertical.version())) {
            new Consequences(estate, running.get(), before).of(breaks).forEach(sketch.refusals::add);
            sketch.refuse(
                    "Takšna sprememba zahteva novo glavno različico ("
                            + before.version().nextBreaking() + ").",
                    "Such a change needs a new major version ("
                            + before.version().nextBreaking() + ").");
        } else {
            breaks.forEach(found -> sketch.note(
                    "Pozor: " + found.what().sl() + ".", "Note: " + found.what().en() + "."));
            if (!breaks.isEmpty()) {
                new Consequences(estate, running.get(), before).of(breaks).forEach(sketch.notes::add);
            }
        }
    }

    private void judgePublished(PackageContent packaged, Vertical vertical, Sketch sketch) {
        packages.findPublished(vertical.id(), vertical.version().toString())
                .filter(digest -> !digest.equals(PublishedModels.digest(packaged, vertical)))
                .ifPresent(_ -> sketch.refuse(
                        "Modeli različice " + vertical.version() + " so že objavljeni z drugo vsebino.",
                        "The models of version " + vertical.version() + " are published already with other content."));
    }

    private void judgeRequirements(Vertical vertical, Sketch sketch) {
        sketch.refusals.addAll(Requirements.listBroken(vertical, running.get(), estate.platform()));
        for (Vertical other : running.get().list()) {
            if (other.packaging().needs().containsKey(vertical.id())
                    && !other.packaging().needs().get(vertical.id()).holds(vertical.version())) {
                sketch.refuse(
                        "Vertikala " + other.id() + " potrebuje " + vertical.id() + " "
                                + other.packaging().needs().get(vertical.id()) + ".",
                        "The vertical " + other.id() + " needs " + vertical.id() + " "
                                + other.packaging().needs().get(vertical.id()) + ".");
            }
        }
    }

    private @Nullable Run migration(Vertical vertical, Present present, Sketch sketch) {
        Vertical before = present.vertical();
        if (before == null || before.version().equals(vertical.version())) {
            return null;
        }
        Optional<MigrationSpec> spec = vertical.packaging().findMigration(before.version());
        if (spec.isEmpty() || spec.get().types().isEmpty()) {
            return null;
        }
        String from = before.version().toString();
        EntityRun.Forecast forecast = entities.forecast(
                new EntityRun.Migrator(before.models(), vertical, spec.get(), from, estate.contexts()), MAX_TRIED);
        sketch.changes.add(new Plan.Change(
                Plan.Effect.CHANGE,
                Plan.ENTITIES,
                String.join(", ", new TreeSet<>(spec.get().types().keySet())),
                null,
                Audience.of(Plan.ENTITIES, vertical.id())));
        String more = forecast.tried() < forecast.entities() ? " (" + forecast.tried() + ")" : "";
        sketch.note(
                "Selitev: " + forecast.entities() + " entitet" + more + ", neuspelih "
                        + forecast.failures().size() + ".",
                "Migration: " + forecast.entities() + " entities" + more + ", failures "
                        + forecast.failures().size() + ".");
        forecast.failures().stream().limit(MAX_TOLD).forEach(failure -> sketch.note(failure, failure));
        return Run.begin(Run.Kind.MIGRATE, from);
    }

    private Ledger next(
            Order order,
            PackageContent packaged,
            EditMerge merge,
            Vertical vertical,
            Present present,
            Map<String, String> known,
            @Nullable Run run) {
        SortedMap<String, String> files = digests(packaged.files());
        TreeSet<String> secrets = new TreeSet<>();
        for (Question question : vertical.packaging().questions()) {
            if (question.kind() == Question.Kind.SECRET
                    && (!order.answers().getOrDefault(question.id(), "").isEmpty()
                            || estate.secrets()
                                    .find(vertical.id(), question.id())
                                    .isPresent())) {
                secrets.add(question.id());
            }
        }
        return new Ledger(
                vertical.id(),
                vertical.packaging().publisher(),
                vertical.version(),
                present.findLedger().map(Ledger::revision).orElse(0L) + 1,
                packaged.digest(),
                files,
                digests(merge.edits()),
                new TreeMap<>(known),
                secrets,
                estate.clock().millis(),
                false,
                run,
                previous(vertical, present));
    }

    /** The version to go back to: the one that is at work, unless only answers change. */
    private @Nullable Ledger previous(Vertical vertical, Present present) {
        Vertical before = present.vertical();
        if (present.findInstalled().isPresent()) {
            Ledger ledger = present.findInstalled().get();
            return ledger.version().equals(vertical.version())
                    ? ledger.previous()
                    : ledger.withRun(null).withPrevious(null);
        }
        PackageContent content = present.content();
        if (before == null || content == null || before.version().equals(vertical.version())) {
            return null;
        }
        return new Ledger(
                before.id(),
                before.packaging().publisher(),
                before.version(),
                0,
                content.digest(),
                digests(content.files()),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                estate.clock().millis(),
                false,
                null,
                null);
    }

    static SortedMap<String, String> digests(Map<String, byte[]> files) {
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach((path, bytes) -> digests.put(path, PackageContent.digest(bytes)));
        return digests;
    }
}
