package city.emona.portal.console;

import city.emona.http.MultipartForm;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.vertical.Finding;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.PackageContent;
import city.emona.vertical.Question;
import city.emona.vertical.Vertical;
import city.emona.vertical.life.LifeCycle;
import city.emona.vertical.life.Order;
import city.emona.vertical.life.PackageReport;
import city.emona.vertical.life.Plan;
import city.emona.vertical.life.Standing;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Orders about verticals, from the upload of a package or the wish to remove one up to the button that carries out exactly the plan that is
 * shown. What is filled in on the way stays here, and is named in addresses by a token only.
 */
final class OrderPages {
    private static final String PACKAGE = "package";

    private final ConsoleDesk desk;
    private final LifeCycle life;
    private final OrderDrafts drafts;

    OrderPages(ConsoleDesk desk, LifeCycle life) {
        this.desk = desk;
        this.life = life;
        this.drafts = new OrderDrafts(desk.clock());
    }

    private static String path(String token) {
        return ConsoleDesk.ORDERS + "/" + token;
    }

    /** Begins an order, and sends the browser to its plan. */
    Response begin(Order order, Language language) {
        return Response.seeOther(language.href(path(drafts.put(OrderDraft.of(order)))));
    }

    Response upload(Request request, Language language) {
        Optional<MultipartForm.Part> part = MultipartForm.read(request).find(PACKAGE);
        String file = part.map(MultipartForm.Part::file).orElse("");
        OrderDraft draft = part.filter(sent -> sent.content().length > 0)
                .map(sent -> checked(file, sent.content()))
                .orElseGet(() -> OrderDraft.refused(
                        file,
                        List.of(new Finding(
                                "package.zip", 0, "No file was chosen.", "Choose the ZIP file of a vertical."))));
        return Response.seeOther(language.href(path(drafts.put(draft))));
    }

    private OrderDraft checked(String file, byte[] zip) {
        if (zip.length > PackageContent.MAX_BYTES) {
            return OrderDraft.refused(
                    file,
                    List.of(new Finding(
                            "package.zip",
                            0,
                            "The package is larger than " + PackageContent.MAX_BYTES + " bytes.",
                            "Leave out what does not belong to it.")));
        }
        PackageReport report = life.upload(zip);
        Optional<Vertical> vertical = report.findVertical();
        if (report.digest().isEmpty() || vertical.isEmpty()) {
            return OrderDraft.refused(file, report.findings());
        }
        return OrderDraft.ofPackage(
                file, vertical.get().title(), Order.of(action(vertical.get()), report.digest(), Map.of()));
    }

    /** Whether a package is installed, or takes the place of what is there. */
    private Order.Action action(Vertical vertical) {
        return life.register()
                .find(vertical.id())
                .map(standing -> actionOn(standing, vertical))
                .orElse(Order.Action.INSTALL);
    }

    private static Order.Action actionOn(Standing standing, Vertical vertical) {
        return switch (standing.state()) {
            case INSTALLED -> Order.Action.UPGRADE;
            case STOPPED -> standing.findInstalled().isPresent() ? Order.Action.UPGRADE : Order.Action.INSTALL;
            case BUNDLED ->
                standing.findVertical()
                                .map(Vertical::version)
                                .filter(vertical.version()::equals)
                                .isPresent()
                        ? Order.Action.INSTALL
                        : Order.Action.UPGRADE;
            case REMOVED -> Order.Action.INSTALL;
        };
    }

    Response show(Request request, Language language) {
        String token = request.parameter("token");
        Optional<OrderDraft> draft = drafts.find(token);
        if (draft.isEmpty()) {
            return expired(language);
        }
        return draft.get()
                .findOrder()
                .map(order -> plan(request, language, token, draft.get(), order))
                .orElseGet(() -> findings(request, language, token, draft.get()));
    }

    private static Response expired(Language language) {
        return Result.EXPIRED.at(language.href(ConsoleDesk.VERTICALS));
    }

    private Response findings(Request request, Language language, String token, OrderDraft draft) {
        return desk.still(
                200,
                request,
                language,
                path(token),
                Texts.of(language).text("console.package.refused"),
                "package-findings",
                Map.of("file", draft.file(), "findings", FindingWords.views(draft.findings(), language)));
    }

    private Response plan(Request request, Language language, String token, OrderDraft draft, Order order) {
        Plan plan;
        try {
            plan = life.plan(order);
        } catch (Problem e) {
            if (e.type() != ProblemType.RESOURCE_NOT_FOUND) {
                throw e;
            }
            drafts.remove(token);
            return expired(language);
        }
        QuestionForm form = new QuestionForm(plan, order, draft.isFilledIn(), language);
        List<LocalizedText> refusals = form.otherRefusals();
        boolean hasEdits = order.action() == Order.Action.UPGRADE
                && life.findLedger(plan.vertical())
                        .filter(ledger -> !ledger.edits().isEmpty())
                        .isPresent();
        boolean isRemoval = order.action() == Order.Action.REMOVE;
        return desk.still(
                200,
                request,
                language,
                path(token),
                title(draft, plan, language),
                "order",
                Map.of(
                        "action", language.href(path(token)),
                        "file", draft.file(),
                        "plan", PlanWords.view(plan, order, refusals, language),
                        "fields", form.fields(),
                        "edits", hasEdits ? choices("edits", Order.Edits.values(), order.edits(), language) : List.of(),
                        "entities",
                                isRemoval
                                        ? choices("entities", Order.Entities.values(), order.entities(), language)
                                        : List.of(),
                        "zones", zones(plan),
                        "submit", Texts.of(language).text("console.do." + name(order.action()))));
    }

    private String title(OrderDraft draft, Plan plan, Language language) {
        String name = draft.findTitle()
                .or(() -> life.current().find(plan.vertical()).map(Vertical::title))
                .map(language::pick)
                .orElse(plan.vertical());
        Texts texts = Texts.of(language);
        boolean keepsVersion = plan.from().equals(plan.to());
        String key = plan.action() == Order.Action.UPGRADE && keepsVersion
                ? "console.order.answers"
                : "console.order." + name(plan.action());
        return texts.text(key, name, plan.from(), plan.to());
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<FieldView.Option> choices(String key, Enum<?>[] values, Enum<?> chosen, Language language) {
        return Stream.of(values)
                .map(value -> new FieldView.Option(
                        name(value), Texts.of(language).text("console." + key + "." + name(value)), value == chosen))
                .toList();
    }

    private static List<String> zones(Plan plan) {
        boolean asksForZone =
                plan.questions().stream().anyMatch(asked -> asked.question().kind() == Question.Kind.TIMEZONE);
        return asksForZone
                ? ZoneId.getAvailableZoneIds().stream()
                        .filter(zone -> zone.matches("[A-Z][a-z]+/.*") && !zone.startsWith("Etc/"))
                        .sorted()
                        .toList()
                : List.of();
    }

    /** Takes what a form says of an order, and shows the plan anew or carries it out. */
    Response order(Request request, Language language) {
        String token = request.parameter("token");
        Optional<OrderDraft> draft = drafts.find(token);
        Optional<Order> before = draft.flatMap(OrderDraft::findOrder);
        if (draft.isEmpty() || before.isEmpty()) {
            return expired(language);
        }
        ConsoleForm form = ConsoleForm.of(request);
        String page = language.href(path(token));
        try {
            Plan shown = life.plan(before.get());
            Order order = filledIn(before.get(), shown, form);
            drafts.put(token, draft.get().filledIn(order));
            if (form.find("do").filter("apply"::equals).isEmpty()) {
                return Response.seeOther(page);
            }
            return apply(token, order, form.find("plan").orElse("-"), shown.hash(), language);
        } catch (Problem e) {
            if (e.type() == ProblemType.RESOURCE_NOT_FOUND) {
                return expired(language);
            }
            throw e;
        }
    }

    private static Order filledIn(Order order, Plan plan, ConsoleForm form) {
        return order.withAnswers(QuestionForm.read(form, plan, order))
                .withEdits(choice(Order.Edits.values(), form.find("edits"), order.edits()))
                .withEntities(choice(Order.Entities.values(), form.find("entities"), order.entities()));
    }

    private static <E extends Enum<E>> E choice(E[] values, Optional<String> word, E otherwise) {
        return Stream.of(values)
                .filter(value -> word.filter(name(value)::equals).isPresent())
                .findFirst()
                .orElse(otherwise);
    }

    /**
     * @param agreed the hash of the plan that was agreed to
     * @param unfilled the hash of the plan as it is without what was just filled in
     */
    private Response apply(String token, Order order, String agreed, String unfilled, Language language) {
        String page = language.href(path(token));
        try {
            Plan done = life.apply(order, agreed).plan();
            drafts.remove(token);
            return result(order).at(language.href(ConsoleDesk.verticalPath(done.vertical())));
        } catch (Problem e) {
            if (e.type() == ProblemType.CONFLICT) {
                return (agreed.equals(unfilled) ? Result.ANSWERS_CHANGED : Result.PLAN_CHANGED).at(page);
            }
            if (e.type() == ProblemType.BAD_REQUEST_DATA) {
                return Result.REFUSED.at(page);
            }
            throw e;
        }
    }

    private static Result result(Order order) {
        return switch (order.action()) {
            case INSTALL -> Result.INSTALLED;
            case UPGRADE -> Result.UPGRADED;
            case ROLLBACK -> Result.ROLLED_BACK;
            case REMOVE -> order.entities() == Order.Entities.EXPORT ? Result.EXPORTED : Result.REMOVED;
        };
    }
}
