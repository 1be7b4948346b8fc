package city.emona.portal.console;

import city.emona.portal.Language;
import city.emona.portal.Texts;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the language of the page why a message did not arrive. What the delivery notes is English, and goes to programs as it is. */
final class Reasons {
    private record Known(Pattern pattern, String key) {
        static Known of(String pattern, String key) {
            return new Known(Pattern.compile(pattern, Pattern.DOTALL), "console.reason." + key);
        }
    }

    private static final List<Known> KNOWN = List.of(
            Known.of("The receiver answered with status (\\d+)\\.", "status"),
            Known.of("There was no answer within ([0-9.]+) s\\.", "slow"),
            Known.of("No connection was made within ([0-9.]+) s\\.", "noConnection"),
            Known.of("The (?:endpoint|broker) does not accept connections\\.", "closed"),
            Known.of("The host of the (?:endpoint|broker) is not known\\.", "unknownHost"),
            Known.of("No secure connection was made: (.*)\\.", "insecure"),
            Known.of("The connection (?:to the broker )?was lost(?:: (.*))?\\.", "lost"),
            Known.of("The broker did not answer in time\\.", "slowBroker"),
            Known.of("The broker refused the connection: (.*)\\.", "brokerRefused"),
            Known.of("The broker did not take the message: (.*)\\.", "brokerDidNotTake"),
            Known.of("The address of the endpoint .*|No HTTP request can be made .*", "address"));

    private static final Pattern IN_VAIN = Pattern.compile("Nothing was taken since \\S+: (.*)", Pattern.DOTALL);

    private Reasons() {}

    /** A reason as people read it; one that is not known stays as it is. */
    static String words(String reason, Language language) {
        if (language == Language.ENGLISH) {
            return reason;
        }
        Texts texts = Texts.of(language);
        Matcher inVain = IN_VAIN.matcher(reason);
        if (inVain.matches()) {
            return texts.text("console.reason.inVain") + " " + words(inVain.group(1), language);
        }
        for (Known known : KNOWN) {
            Matcher matcher = known.pattern.matcher(reason);
            if (matcher.matches()) {
                String detail = matcher.groupCount() == 0 || matcher.group(1) == null ? "" : matcher.group(1);
                return texts.text(known.key, detail).replace(" ().", ".");
            }
        }
        return reason;
    }
}
