package city.emona.portal.console;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.vertical.Finding;
import city.emona.vertical.PackageContent;
import city.emona.vertical.life.Ledger;
import city.emona.vertical.life.LifeCycle;
import city.emona.vertical.life.LineDiff;
import city.emona.vertical.life.Standing;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file of a vertical: as it is at work, in which lines the city's differs from the package's, and a form to change it here. */
final class FilePages {
    private static final int LEAST_ROWS = 10;
    private static final int MOST_ROWS = 32;

    private final ConsoleDesk desk;
    private final LifeCycle life;

    FilePages(ConsoleDesk desk, LifeCycle life) {
        this.desk = desk;
        this.life = life;
    }

    /** The bytes as text; empty when they are none. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /**
     * What is wrong with what was filled in.
     *
     * @param text as it was filled in
     * @param notice a sentence; empty for none
     */
    private record Refused(String text, String notice, List<Finding> findings) {}

    private static String path(String id, String file) {
        return ConsoleDesk.verticalPath(id) + "/files/" + file;
    }

    private Standing standing(Request request) {
        return life.register().get(request.parameter("id"));
    }

    /** Leads from the form that asks for a path to the page of the file, which need not exist yet. */
    Response choose(Request request, Language language) {
        String id = standing(request).id();
        String file = request.query().find("path").map(String::strip).orElse("");
        return Response.seeOther(language.href(
                file.isEmpty() || !PackageContent.isPath(file) ? ConsoleDesk.verticalPath(id) : path(id, file)));
    }

    Response show(Request request, Language language) {
        return page(200, request, language, standing(request), Optional.empty());
    }

    private Response page(
            int status, Request request, Language language, Standing standing, Optional<Refused> refused) {
        String file = request.parameter("path");
        Optional<byte[]> known = life.register()
                .findContent(standing)
                .flatMap(content -> Optional.ofNullable(content.files().get(file)));
        Optional<Ledger> installed = standing.findInstalled();
        if (known.isEmpty() && (installed.isEmpty() || !PackageContent.isPath(file))) {
            throw Problem.notFound("The vertical " + standing.id() + " has no file " + file + ".");
        }
        byte[] bytes = known.orElse(new byte[0]);
        Optional<String> text = text(bytes);
        Map<String, Object> more = new HashMap<>();
        more.put("action", language.href(path(standing.id(), file)));
        more.put("back", LifePages.link(language, ConsoleDesk.verticalPath(standing.id()), name(standing, language)));
        more.put("text", refused.map(Refused::text).or(() -> text).orElse(""));
        more.put("rows", rows(refused.map(Refused::text).or(() -> text).orElse("")));
        more.put("known", known.map(PackageContent::digest).orElse(""));
        more.put("isText", text.isPresent());
        more.put("isNew", known.isEmpty());
        more.put("isInstalled", installed.isPresent());
        more.put("isEdited", isEdited(installed, file));
        more.put("changes", text.map(now -> changes(installed, file, now)).orElse(List.of()));
        more.put("notice", refused.map(Refused::notice).orElse(""));
        more.put("findings", FindingWords.views(refused.map(Refused::findings).orElse(List.of()), language));
        return desk.still(status, request, language, path(standing.id(), file), file, "vertical-file", more);
    }

    /** How many lines the field for a text shows. */
    private static String rows(String text) {
        long lines = text.lines().count() + 2;
        return Long.toString(Math.clamp(lines, LEAST_ROWS, MOST_ROWS));
    }

    private String name(Standing standing, Language language) {
        return standing.findVertical()
                .map(vertical -> language.pick(vertical.title()))
                .orElse(standing.id());
    }

    private static boolean isEdited(Optional<Ledger> installed, String file) {
        return installed.filter(ledger -> ledger.edits().containsKey(file)).isPresent();
    }

    private List<LineDiff.Line> changes(Optional<Ledger> installed, String file, String now) {
        return installed
                .filter(ledger -> ledger.edits().containsKey(file))
                .flatMap(ledger -> life.register().findOriginal(ledger, file))
                .flatMap(FilePages::text)
                .map(before -> LineDiff.between(before, now).lines())
                .orElse(List.of());
    }

    /** Changes the file here, or takes the change back; what is not right is said beside what was filled in. */
    Response change(Request request, Language language) {
        Standing standing = standing(request);
        ConsoleForm form = ConsoleForm.of(request);
        return form.find("do").filter("revert"::equals).isPresent()
                ? revert(request, language, standing)
                : edit(request, language, standing, form);
    }

    private Response revert(Request request, Language language, Standing standing) {
        String file = request.parameter("path");
        String page = language.href(ConsoleDesk.verticalPath(standing.id()));
        try {
            life.revert(standing.id(), file);
            return Result.REVERTED.at(page);
        } catch (Problem e) {
            if (e.type() != ProblemType.BAD_REQUEST_DATA) {
                throw e;
            }
            return Result.NOT_REVERTED.at(language.href(path(standing.id(), file)));
        }
    }

    private Response edit(Request request, Language language, Standing standing, ConsoleForm form) {
        String file = request.parameter("path");
        String sent = form.fields().find("content").orElse("").replace("\r\n", "\n");
        Optional<byte[]> now = life.register()
                .findContent(standing)
                .flatMap(content -> Optional.ofNullable(content.files().get(file)));
        if (!now.map(PackageContent::digest)
                .orElse("")
                .equals(form.find("known").orElse(""))) {
            String notice = Texts.of(language).text("console.file.changedMeanwhile");
            return page(409, request, language, standing, Optional.of(new Refused(sent, notice, List.of())));
        }
        try {
            List<Finding> findings = life.tryEdit(standing.id(), file, bytes(sent, now));
            if (!findings.isEmpty()) {
                String notice = Texts.of(language).text("console.file.refused");
                return page(422, request, language, standing, Optional.of(new Refused(sent, notice, findings)));
            }
        } catch (Problem e) {
            if (e.type() != ProblemType.BAD_REQUEST_DATA) {
                throw e;
            }
            String notice = FindingWords.words(e.detail(), language) + " " + FindingWords.words(e.remedy(), language);
            return page(422, request, language, standing, Optional.of(new Refused(sent, notice, List.of())));
        }
        return Result.EDITED.at(language.href(path(standing.id(), file)));
    }

    /** Browsers end each line with two characters; the file keeps the ends that it has. */
    private static byte[] bytes(String text, Optional<byte[]> before) {
        boolean hasBoth = before.flatMap(FilePages::text)
                .filter(old -> old.contains("\r\n"))
                .isPresent();
        return (hasBoth ? text.replace("\n", "\r\n") : text).getBytes(StandardCharsets.UTF_8);
    }
}
