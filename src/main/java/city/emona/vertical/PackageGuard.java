package city.emona.vertical;

import city.emona.http.OutgoingGate;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks in the files of a package for what a city should not install: secrets, markup in texts, and addresses that lead out of the package
 * or into the inner network.
 */
public final class PackageGuard {
    private static final Pattern MARKUP =
            Pattern.compile("<\\s*[A-Za-z!/?]|javascript:|&#|\\bon[a-z]{3,20}\\s*=\\s*['\"]", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL =
            Pattern.compile("\\b(?:https?|wss?|mqtts?|ftp)://[^\\s'\"<>`]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern KEY_VALUE = Pattern.compile(
            "\\b(?:api[_-]?key|apikey|access[_-]?token|auth[_-]?token|token|secret|client[_-]?secret|password|passwd|pwd|geslo)"
                    + "[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?([^\\s\"'&,;{}\\[\\]()$]{6,200})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LONG_VALUE =
            Pattern.compile("[=:]\\s{0,3}[\"']?([A-Za-z0-9_-]{32,200})(?![A-Za-z0-9_./-])");

    /** Tokens that are recognised by their form alone. */
    private static final List<Pattern> TOKENS = List.of(
            Pattern.compile("-----BEGIN [A-Z ]{0,30}PRIVATE KEY"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10,2000}\\."),
            Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            Pattern.compile("\\b(?:ghp|gho|ghs|github_pat|glpat|xox[abp]|sk|rk|pk)[_-][A-Za-z0-9_-]{20,200}"),
            Pattern.compile("\\bBearer\\s{1,3}[A-Za-z0-9._~+/-]{16,2000}"));

    private final OutgoingGate gate;
    private final Findings findings;

    private PackageGuard(OutgoingGate gate, Findings findings) {
        this.gate = gate;
        this.findings = findings;
    }

    /** Adds all that is wrong to the findings. */
    public static void check(PackageContent content, OutgoingGate gate, Findings findings) {
        PackageGuard guard = new PackageGuard(gate, findings);
        content.files().forEach(guard::checkFile);
    }

    private void checkFile(String file, byte[] bytes) {
        Optional<String> text = text(bytes);
        if (text.isEmpty()) {
            return;
        }
        boolean declares = !file.startsWith("examples/");
        int number = 0;
        for (String line : text.get().split("\n", -1)) {
            number++;
            checkTokens(file, number, line);
            if (declares) {
                checkSecrets(file, number, line);
            }
        }
        if (file.equals(VerticalReader.DESCRIPTION)) {
            new YamlFile(file, new Findings()).read(text.get()).ifPresent(this::checkDescription);
        }
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private void checkTokens(String file, int line, String text) {
        if (TOKENS.stream().anyMatch(token -> token.matcher(text).find())) {
            refuseSecret(file, line, "This looks like a key or a token.");
        }
    }

    private void checkSecrets(String file, int line, String text) {
        Matcher urls = URL.matcher(text);
        while (urls.find()) {
            String rest = urls.group().replaceFirst("^[^/]*//", "");
            String authority = rest.replaceFirst("[/?#].*$", "");
            if (authority.contains("@")) {
                refuseSecret(file, line, "The address holds a name or a password.");
            }
        }
        Matcher values = KEY_VALUE.matcher(text);
        boolean written = false;
        while (values.find()) {
            written |= looksWritten(values.group(1));
        }
        Matcher longValues = LONG_VALUE.matcher(text);
        while (longValues.find()) {
            written |= isRandom(longValues.group(1));
        }
        if (written) {
            refuseSecret(file, line, "This looks like a secret.");
        }
    }

    /** Whether a value behind »apiKey=« is written out; a word alone, as in »token: text«, names something. */
    private static boolean looksWritten(String value) {
        return value.chars().anyMatch(Character::isDigit)
                || value.length() >= 24
                || value.chars().anyMatch(c -> "!#%*?^~".indexOf(c) >= 0);
    }

    private static boolean isRandom(String value) {
        return value.chars().filter(Character::isDigit).count() >= 4
                && value.chars().anyMatch(Character::isLetter)
                && value.chars().filter(c -> c == '-' || c == '_').count() < 4;
    }

    private void refuseSecret(String file, int line, String reason) {
        findings.add(file, line, reason, "Ask for it: a question of the kind »secret«, and ${itsId} where it belongs.");
    }

    private void checkDescription(YamlMap map) {
        map.eachText((path, line, text) -> {
            Matcher markup = MARKUP.matcher(text);
            if (markup.find()) {
                findings.add(
                        VerticalReader.DESCRIPTION,
                        line,
                        "»" + path + "« holds markup or script.",
                        "Write plain text.");
            }
            checkAddresses(path, line, text);
            if (path.matches("sources\\[\\d+]\\.address")) {
                checkPlace(line, text);
            }
        });
    }

    private void checkAddresses(String path, int line, String text) {
        Matcher urls = URL.matcher(text);
        while (urls.find()) {
            try {
                URI address =
                        URI.create(InstallSecrets.PLACE.matcher(urls.group()).replaceAll("x"));
                gate.findInner(address)
                        .ifPresent(
                                inner -> findings.add(
                                        VerticalReader.DESCRIPTION,
                                        line,
                                        "»" + path + "« leads into the inner network: " + inner + ".",
                                        "Use a public address, or have the operator allow the network in outgoing.allowed-networks."));
            } catch (IllegalArgumentException _) {
                findings.add(VerticalReader.DESCRIPTION, line, "»" + urls.group() + "« is no address.", "Correct it.");
            }
        }
    }

    private void checkPlace(int line, String text) {
        boolean web = URL.matcher(text).lookingAt();
        boolean asked = text.startsWith("${");
        boolean other = text.matches("(?i)[a-z][a-z0-9+.-]{1,20}:.*");
        if (!web
                && !asked
                && (other
                        || text.startsWith("/")
                        || text.startsWith("\\")
                        || List.of(text.split("[/\\\\]")).contains(".."))) {
            findings.add(
                    VerticalReader.DESCRIPTION,
                    line,
                    "The address »" + text + "« leads out of the package.",
                    "Use http or https, or a file of the package; what lies elsewhere the city says in an answer.");
        }
    }
}
