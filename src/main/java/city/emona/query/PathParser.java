package city.emona.query;

import city.emona.context.Names;
import city.emona.query.AttributePath.Link;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads paths: {@code a.b.c}, {@code a[x.y]}, {@code a[en]}, {@code a[*]}, {@code rel{a}}, {@code rel{Type,Other:a}}. */
final class PathParser {
    /** How many names a path may have. */
    private static final int MAX_NAMES = 20;

    private static final String ENDS = "=!<>~;,|()[]{}\" ";

    private final Cursor in;
    private final QueryNames names;

    PathParser(Cursor in, QueryNames names) {
        this.in = in;
        this.names = names;
    }

    AttributePath path() {
        List<Link> links = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        String dotted = in.until(ENDS);
        while (in.take('{')) {
            if (links.size() == MAX_NAMES) {
                throw ConditionParser.tooComplex("a path over more than " + MAX_NAMES + " relationships");
            }
            List<String> relationship = attributes(dotted);
            Set<String> types = types();
            links.add(new Link(relationship, types));
            dotted = in.until(ENDS);
        }
        SystemMember member = split(dotted, steps);
        List<String> trailing = in.take('[') ? trailing() : List.of();
        for (int i = 0; i < links.size(); i++) {
            in.require('}', "ends the path to a linked entity");
        }
        return new AttributePath(links, steps, member, trailing);
    }

    /** The types before the colon of a linked path, if there are any: {@code Type:a}, {@code Type,ex:Other:ex:a}. */
    private Set<String> types() {
        String head = in.peekUntil("=!<>~;|()[]{}\". ");
        int colon = head.contains("://") ? -1 : head.lastIndexOf(':');
        while (colon >= 0 && endsWithPrefix(head.substring(0, colon))) {
            colon = head.lastIndexOf(':', colon - 1);
        }
        if (colon < 0) {
            return Set.of();
        }
        Set<String> types = new HashSet<>();
        for (String type : head.substring(0, colon).split(",", -1)) {
            types.add(names.type(requireName(type)));
        }
        in.skip(colon + 1);
        return types;
    }

    private boolean endsWithPrefix(String text) {
        int start = Math.max(text.lastIndexOf(','), text.lastIndexOf(':')) + 1;
        return names.isPrefix(text.substring(start));
    }

    private List<String> attributes(String dotted) {
        List<String> steps = new ArrayList<>();
        if (split(dotted, steps) != null) {
            throw in.unexpected("only a relationship leads to linked entities.", "Name a relationship before {.");
        }
        return steps;
    }

    /** Adds the expanded attributes of a dotted path to the steps, and gives the member that it ends with. */
    private @Nullable SystemMember split(String dotted, List<String> steps) {
        String[] parts = dotted.contains("://") ? new String[] {dotted} : dotted.split("\\.", -1);
        if (parts.length > MAX_NAMES) {
            throw ConditionParser.tooComplex("a path of more than " + MAX_NAMES + " names");
        }
        for (int i = 0; i < parts.length; i++) {
            SystemMember member = names.member(parts[i], i == 0);
            if (member != null) {
                if (i < parts.length - 1) {
                    throw in.unexpected("»" + parts[i] + "« has no attributes.", "End the path with it.");
                }
                return member;
            }
            steps.add(names.attribute(requireName(parts[i])));
        }
        return null;
    }

    private List<String> trailing() {
        String inside = in.until("]");
        in.require(']', "ends the path into the value");
        List<String> parts = List.of(inside.split("\\.", -1));
        if (parts.size() > MAX_NAMES) {
            throw ConditionParser.tooComplex("a path of more than " + MAX_NAMES + " names");
        }
        for (String part : parts) {
            if (part.isEmpty() || (part.indexOf('*') >= 0 && !inside.equals(AttributePath.ANY_LANGUAGE))) {
                throw in.unexpected(
                        "»[" + inside + "]« is no path into a value.", "Write [member.member], [language] or [*].");
            }
        }
        return parts;
    }

    private String requireName(String name) {
        if (name.isEmpty()) {
            throw in.unexpected(
                    "a name is missing.", "Write attribute, attribute.part, attribute==value and the like.");
        }
        return Names.requireName(name, "In the query, the name");
    }
}
