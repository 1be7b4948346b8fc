package city.emona.http;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Chooses the media type of an answer by the Accept headers (RFC 9110 section 12.5.1). */
public final class Accept {
    /** A weight of RFC 9110 section 12.4.2; what is no weight decides nothing. */
    private static final Pattern QUALITY = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");

    private Accept() {}

    private record Range(String type, String subtype, double quality) {
        int specificity() {
            return type.equals("*") ? 0 : subtype.equals("*") ? 1 : 2;
        }

        boolean covers(String media) {
            return type.equals("*")
                    || media.equals(type + "/" + subtype)
                    || (subtype.equals("*") && media.startsWith(type + "/"));
        }
    }

    /**
     * The type that suits the Accept headers best.
     *
     * @param offered the types that the resource has, the preferred one first
     * @throws Problem of type NotAcceptable when none suits
     */
    public static String negotiate(List<String> accept, List<String> offered) {
        if (accept.isEmpty() || (accept.size() == 1 && accept.getFirst().equals("*/*"))) {
            return offered.getFirst();
        }
        List<Range> ranges = parse(String.join(",", accept));
        String best = null;
        double bestQuality = 0;
        for (String media : offered) {
            double quality = ranges.stream()
                    .filter(range -> range.covers(media))
                    .max(Comparator.comparingInt(Range::specificity))
                    .map(Range::quality)
                    .orElse(0.0);
            if (quality > bestQuality) {
                best = media;
                bestQuality = quality;
            }
        }
        if (best == null) {
            throw new Problem(
                    ProblemType.NOT_ACCEPTABLE,
                    "None of the media types that the client accepts can be given here.",
                    "Accept one of " + String.join(", ", offered) + ".");
        }
        return best;
    }

    private static List<Range> parse(String accept) {
        List<Range> ranges = new ArrayList<>();
        for (String part : accept.split(",")) {
            String[] pieces = part.split(";");
            String[] names = pieces[0].strip().toLowerCase(Locale.ROOT).split("/");
            if (names.length == 2) {
                ranges.add(new Range(names[0], names[1], quality(pieces)));
            }
        }
        return ranges;
    }

    private static double quality(String[] pieces) {
        for (int i = 1; i < pieces.length; i++) {
            String piece = pieces[i].strip().toLowerCase(Locale.ROOT);
            if (piece.startsWith("q=")) {
                return QUALITY.matcher(piece.substring(2)).matches() ? Double.parseDouble(piece.substring(2)) : 1;
            }
        }
        return 1;
    }
}
