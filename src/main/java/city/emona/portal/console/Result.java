package city.emona.portal.console;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.Format;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What became of an order: the page to which the browser is sent says it in a sentence, which its address names. */
enum Result {
    TRIED("tried", true),
    HELD("held", true),
    RESUMED("resumed", true),
    REPLAYED("replayed", true),
    NOTHING_TO_REPLAY("nothing", false),
    WRONG_START("start", false),
    SWITCHED_ON("on", true),
    SWITCHED_OFF("off", true),
    RESENT("resent", true),
    DISCARDED("discarded", true),
    CHANGED("changed", true),
    NONE_LEFT("none", false),
    INSTALLED("installed", true),
    UPGRADED("upgraded", true),
    ROLLED_BACK("rolledBack", true),
    REMOVED("removed", true),
    EXPORTED("exported", true),
    EXPIRED("expired", false),
    PLAN_CHANGED("planChanged", false),
    ANSWERS_CHANGED("answersChanged", false),
    REFUSED("refused", false),
    EDITED("edited", true),
    REVERTED("reverted", true),
    NOT_REVERTED("notReverted", false),
    WENT_ON("wentOn", true);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final String code;
    private final boolean isGood;

    Result(String code, boolean isGood) {
        this.code = code;
        this.isGood = isGood;
    }

    /** Sends the browser to a page that says so. */
    Response at(String href) {
        return Response.seeOther(href + (href.contains("?") ? "&" : "?") + "result=" + code);
    }

    /** The same with how many there were. */
    Response at(String href, int count) {
        return count == 0
                ? NONE_LEFT.at(href)
                : Response.seeOther(href + (href.contains("?") ? "&" : "?") + "result=" + code + "&count=" + count);
    }

    /** What the address of a page tells; empty for nothing. */
    static Optional<ResultView> read(Request request, Language language) {
        long count = request.query()
                .find("count")
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::parseLong)
                .orElse(1L);
        return request.query()
                .find("result")
                .flatMap(word -> Stream.of(values())
                        .filter(result -> result.code.equals(word))
                        .findFirst()
                        .map(result ->
                                new ResultView(result.isGood ? "good" : "watch", result.sentence(count, language))));
    }

    private String sentence(long count, Language language) {
        return this == RESENT || this == DISCARDED
                ? Format.of(language).count(count, "console.result." + code)
                : Texts.of(language).text("console.result." + code);
    }
}
