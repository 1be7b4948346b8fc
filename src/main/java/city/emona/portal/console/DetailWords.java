package city.emona.portal.console;

import city.emona.portal.Format;
import city.emona.portal.Language;
import city.emona.portal.Link;
import city.emona.portal.Texts;
import city.emona.vertical.PackageContent;
import city.emona.vertical.PackageParts;
import city.emona.vertical.Packaging;
import city.emona.vertical.Question;
import city.emona.vertical.VersionRange;
import city.emona.vertical.Vertical;
import city.emona.vertical.life.Ledger;
import city.emona.vertical.life.LineDiff;
import city.emona.vertical.life.Register;
import city.emona.vertical.life.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says in the language of the page what one vertical is made of, what it was told, and what was done with it. */
final class DetailWords {
    private final ConsoleDesk desk;
    private final Register register;
    private final Standing standing;
    private final Language language;
    private final Texts texts;

    DetailWords(ConsoleDesk desk, Register register, Standing standing, Language language) {
        this.desk = desk;
        this.register = register;
        this.standing = standing;
        this.language = language;
        this.texts = Texts.of(language);
    }

    VerticalDetail detail() {
        Optional<Vertical> declared = register.findDeclared(standing);
        Optional<PackageContent> content = register.findContent(standing);
        return new VerticalDetail(
                standing.findInstalled().flatMap(Ledger::findPrevious).isPresent(),
                facts(declared),
                declared.map(this::answers).orElse(List.of()),
                content.map(this::parts).orElse(Map.of()),
                content.map(this::files).orElse(List.of()),
                register.listOrders(standing.id()).stream()
                        .map(done -> new VerticalDetail.Done(
                                time(done.atMillis()),
                                PlanWords.deed(done, language),
                                done.parts().stream()
                                        .map(part -> PlanWords.part(part, language))
                                        .toList()))
                        .toList(),
                register.listExports(standing.id()).stream()
                        .map(export -> new VerticalDetail.Export(
                                link("/exports/" + ConsoleDesk.encoded(export.name()), export.name()),
                                texts.text(
                                        "console.export.note",
                                        time(export.atMillis()),
                                        Format.of(language).number((export.bytes() + 1023) / 1024))))
                        .toList());
    }

    private Link link(String below, String text) {
        return new Link(language.href(ConsoleDesk.verticalPath(standing.id()) + below), text);
    }

    private String time(long millis) {
        return desk.time(language).dateTime(Instant.ofEpochMilli(millis));
    }

    private List<Count> facts(Optional<Vertical> declared) {
        List<Count> facts = new ArrayList<>();
        declared.ifPresent(vertical -> {
            fact(facts, "console.vertical.urn", vertical.urn());
            fact(facts, "console.vertical.publisher", vertical.packaging().publisher());
            fact(
                    facts,
                    "console.vertical.steward",
                    language.pick(vertical.steward().name()));
            String needs = needs(vertical.packaging());
            if (!needs.isEmpty()) {
                fact(facts, "console.vertical.needs", needs);
            }
        });
        standing.findInstalled()
                .flatMap(Ledger::findPrevious)
                .ifPresent(before -> fact(
                        facts, "console.vertical.previous", before.version().toString()));
        standing.findLedger()
                .map(Ledger::digest)
                .filter(digest -> !digest.isEmpty())
                .ifPresent(digest -> fact(facts, "console.vertical.digest", digest));
        return facts;
    }

    private void fact(List<Count> facts, String key, String value) {
        facts.add(new Count(texts.text(key), value));
    }

    private static String needs(Packaging packaging) {
        List<String> needs = new ArrayList<>();
        if (!packaging.platform().equals(VersionRange.ANY)) {
            needs.add("Emona " + packaging.platform());
        }
        new TreeMap<>(packaging.needs()).forEach((id, range) -> needs.add(id + " " + range));
        return String.join(", ", needs);
    }

    private List<Count> answers(Vertical vertical) {
        return vertical.packaging().questions().stream()
                .map(question -> new Count(language.pick(question.title()), answer(question)))
                .toList();
    }

    private String answer(Question question) {
        if (question.kind() == Question.Kind.SECRET) {
            boolean isSet = register.hasSecret(standing.id(), question.id());
            return texts.text(isSet ? "console.secret.set" : "console.secret.unset");
        }
        Optional<String> given = standing.findInstalled()
                .flatMap(ledger -> Optional.ofNullable(ledger.answers().get(question.id())));
        return given.map(answer -> shown(question, answer))
                .or(() -> question.findOtherwise()
                        .map(answer -> texts.text("console.answer.default", shown(question, answer))))
                .orElse(texts.text("console.answer.none"));
    }

    private String shown(Question question, String answer) {
        return switch (question.kind()) {
            case BOOLEAN -> texts.text(answer.equals("true") ? "console.yes" : "console.no");
            case CHOICE ->
                question.choices().stream()
                        .filter(choice -> choice.value().equals(answer))
                        .findFirst()
                        .map(choice -> language.pick(choice.title()))
                        .orElse(answer);
            case TEXT, NUMBER, SECRET, ADDRESS, TIMEZONE -> answer;
        };
    }

    private Map<String, List<String>> parts(PackageContent content) {
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        PackageParts.of(content)
                .values()
                .forEach(part -> byKind.computeIfAbsent(PlanWords.kind(part.kind(), language), _ -> new ArrayList<>())
                        .add(part.findTitle()
                                .map(title -> language.pick(title) + " (" + part.id() + ")")
                                .orElse(part.id())));
        return byKind;
    }

    private List<VerticalDetail.FileRow> files(PackageContent content) {
        return content.files().keySet().stream()
                .map(path -> file(content, path))
                .toList();
    }

    private VerticalDetail.FileRow file(PackageContent content, String path) {
        Link link = link("/files/" + path, path);
        Optional<Ledger> edited =
                standing.findLedger().filter(ledger -> ledger.edits().containsKey(path));
        if (edited.isEmpty()) {
            return new VerticalDetail.FileRow(link, "", List.of());
        }
        Optional<byte[]> original = register.findOriginal(edited.get(), path);
        String note = texts.text(original.isPresent() ? "console.file.edited" : "console.file.added");
        return new VerticalDetail.FileRow(
                link, note, original.map(before -> diff(before, content, path)).orElse(List.of()));
    }

    private static List<LineDiff.Line> diff(byte[] before, PackageContent content, String path) {
        Optional<String> old = FilePages.text(before);
        Optional<String> next = Optional.ofNullable(content.files().get(path)).flatMap(FilePages::text);
        return old.isPresent() && next.isPresent()
                ? LineDiff.between(old.get(), next.get()).lines()
                : List.of();
    }
}
