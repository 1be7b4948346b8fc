package city.emona.portal.console;

import city.emona.access.Access;
import city.emona.access.AccessBook;
import city.emona.access.Account;
import city.emona.access.ApiKey;
import city.emona.access.Caller;
import city.emona.access.Decision;
import city.emona.access.Grant;
import city.emona.access.Role;
import city.emona.access.Target;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Right;
import city.emona.portal.GrantWords;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may do what: the accounts of people, the keys of programs, and the policy, explained for each of them. */
final class AccessPages {
    static final String PATH = ConsoleDesk.ROOT + "/access";

    private static final String ANYBODY = "anybody";

    private final ConsoleDesk desk;
    private final Supplier<Verticals> verticals;

    AccessPages(ConsoleDesk desk, Supplier<Verticals> verticals) {
        this.desk = desk;
        this.verticals = verticals;
    }

    private AccessBook book() {
        return desk.portal().doors().book();
    }

    private Access access() {
        return desk.portal().doors().access();
    }

    Response show(Request request, Language language) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("accounts", accounts(language));
        parameters.put("keys", keys(language));
        parameters.put("roles", roles(language));
        parameters.put("domains", domains());
        parameters.put("rights", rights(language));
        parameters.put("callers", callers(language));
        parameters.put("who", request.query().find("who").orElse(ANYBODY));
        parameters.put("right", request.query().find("right").orElse(Right.DATA_READ.word()));
        parameters.put("domain", request.query().find("domain").orElse(Grant.EVERYWHERE));
        parameters.put("explanation", explanation(request, language));
        return desk.page(request, language, PATH, Texts.of(language).text("access.title"), "access", parameters);
    }

    /** The domains of the verticals, and all of them. */
    private List<String> domains() {
        return Stream.concat(
                        Stream.of(Grant.EVERYWHERE),
                        verticals.get().list().stream()
                                .map(Vertical::domain)
                                .distinct()
                                .sorted())
                .toList();
    }

    private static List<AccessView.Option> roles(Language language) {
        return Stream.of(Role.values())
                .filter(role -> role != Role.ANONYMOUS)
                .map(role -> new AccessView.Option(role.word(), GrantWords.role(role, language)))
                .toList();
    }

    private List<AccessView.AccountRow> accounts(Language language) {
        return book().accounts().list().stream()
                .map(account -> new AccessView.AccountRow(
                        account.id(),
                        account.name(),
                        account.login(),
                        css(account),
                        Texts.of(language)
                                .text("access.state." + account.state().name().toLowerCase(Locale.ROOT)),
                        grants(account, language),
                        account.findFactor().isPresent(),
                        account.state() != Account.State.DEACTIVATED))
                .toList();
    }

    private static String css(Account account) {
        return switch (account.state()) {
            case ACTIVE -> "good";
            case INVITED -> "watch";
            case DEACTIVATED -> "none";
        };
    }

    private static List<AccessView.GrantRow> grants(Account account, Language language) {
        return account.grants().stream()
                .map(grant -> new AccessView.GrantRow(
                        grant.role().word(),
                        grant.domain(),
                        GrantWords.of(Set.of(grant), language).getFirst()))
                .sorted(Comparator.comparing(AccessView.GrantRow::words))
                .toList();
    }

    private List<AccessView.KeyRow> keys(Language language) {
        long now = desk.clock().millis();
        Texts texts = Texts.of(language);
        return book().keys().list().stream()
                .map(key -> new AccessView.KeyRow(
                        key.id(),
                        key.name(),
                        key.start() + "…",
                        key.isGood(now) ? "good" : "none",
                        texts.text(
                                key.revokedAt() != 0
                                        ? "access.key.revoked"
                                        : key.isGood(now) ? "access.key.good" : "access.key.expired"),
                        String.join(", ", GrantWords.of(key.grants(), language)),
                        key.by(),
                        desk.moment(key.usedAt().get(), language),
                        desk.time(language).dateTime(Instant.ofEpochMilli(key.expiresAt())),
                        key.isGood(now)))
                .toList();
    }

    private List<AccessView.RightRow> rights(Language language) {
        return Stream.of(Right.values())
                .map(right -> new AccessView.RightRow(
                        right.word(),
                        Texts.of(language).text("right." + right.word()),
                        words(access().policy().roles(right), language)))
                .toList();
    }

    private static String words(Set<Role> roles, Language language) {
        return roles.contains(Role.ANONYMOUS)
                ? GrantWords.role(Role.ANONYMOUS, language)
                : Stream.of(Role.values())
                        .filter(roles::contains)
                        .map(role -> GrantWords.role(role, language))
                        .collect(Collectors.joining(", "));
    }

    private List<AccessView.Option> callers(Language language) {
        List<AccessView.Option> callers = new ArrayList<>();
        callers.add(new AccessView.Option(ANYBODY, GrantWords.role(Role.ANONYMOUS, language)));
        book().accounts().list().forEach(account -> callers.add(new AccessView.Option(account.id(), account.name())));
        long now = desk.clock().millis();
        book().keys().list().stream()
                .filter(key -> key.isGood(now))
                .forEach(key -> callers.add(
                        new AccessView.Option(key.id(), Texts.of(language).text("access.keyNamed", key.name()))));
        return callers;
    }

    private Optional<Caller> caller(String id) {
        return id.equals(ANYBODY)
                ? Optional.of(Caller.ANYBODY)
                : book().accounts()
                        .find(id)
                        .filter(account -> account.state() == Account.State.ACTIVE)
                        .map(Account::caller)
                        .or(() -> book().keys().find(id).map(ApiKey::caller));
    }

    /** Who may do this, and why; empty while nothing is asked. */
    private String explanation(Request request, Language language) {
        Texts texts = Texts.of(language);
        Optional<String> who = request.query().find("who");
        Optional<Right> right = request.query().find("right").flatMap(Right::find);
        if (who.isEmpty() || right.isEmpty()) {
            return "";
        }
        Optional<Caller> caller = caller(who.get());
        if (caller.isEmpty()) {
            return texts.text("access.explain.nobody");
        }
        String domain = request.query().find("domain").orElse(Grant.EVERYWHERE);
        Target target = domain.equals(Grant.EVERYWHERE) ? Target.CITY : Target.ofDomain(domain);
        Decision decision = access().decide(caller.get(), right.get(), target);
        String name = caller.get().isAnybody()
                ? GrantWords.role(Role.ANONYMOUS, language)
                : caller.get().name();
        String what = texts.text("right." + right.get().word());
        return decision.isAllowed()
                ? texts.text("access.explain.yes", name, what, words(decision.because(), language))
                : texts.text("access.explain.no", name, what, words(decision.needed(), language));
    }
}
