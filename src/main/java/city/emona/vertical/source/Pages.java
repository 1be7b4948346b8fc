package city.emona.vertical.source;

import city.emona.json.JsonItems;
import city.emona.vertical.RecordFormat;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Transport.Paging;
import city.emona.vertical.format.SourceFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How pages of a source follow each other. */
sealed interface Pages {
    /** The pages of a source: as declared, or as its format has them. */
    static Pages of(SourceSpec spec) {
        return switch (spec.transport().paging()) {
            case Paging.Link _ -> new ByLink();
            case Paging.Next next -> new ByMember(List.of(next.member().split("\\.", -1)));
            case Paging.Offset offset -> new ByOffset(offset);
            case Paging.None _ ->
                switch (spec.format()) {
                    case RecordFormat.ArcGis _ -> new OfArcGis();
                    case RecordFormat.NgsiLd _ -> new ByLink();
                    default -> new ByMember(List.of("@iot.nextLink"));
                };
        };
    }

    /** Whether a source has pages. */
    static boolean has(SourceSpec spec) {
        return !(spec.transport().paging() instanceof Paging.None)
                || spec.format() instanceof RecordFormat.ArcGis
                || spec.format() instanceof RecordFormat.NgsiLd
                || spec.format() instanceof RecordFormat.SensorThings;
    }

    /** The first page of a declared address. */
    default URI first(String address) {
        return URI.create(address);
    }

    /** The page behind one with a number of records; it may be relative to it. */
    Optional<URI> next(URI current, Fetched.Document page, Map<String, @Nullable Object> header, int records)
            throws SourceFailure;

    /** Parameters of a query that are added or replaced. */
    static URI with(URI address, Map<String, String> parameters, boolean replace) {
        Map<String, String> all = new LinkedHashMap<>();
        String query = address.getRawQuery() == null ? "" : address.getRawQuery();
        for (String pair : query.split("&", -1)) {
            int sign = pair.indexOf('=');
            if (!pair.isEmpty()) {
                all.put(sign < 0 ? pair : pair.substring(0, sign), sign < 0 ? "" : pair.substring(sign + 1));
            }
        }
        parameters.forEach((name, value) -> {
            String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
            if (replace || !all.containsKey(name)) {
                all.put(name, encoded);
            }
        });
        StringBuilder text = new StringBuilder(address.toString().replaceFirst("[?#].*$", ""));
        char mark = '?';
        for (var entry : all.entrySet()) {
            text.append(mark).append(entry.getKey()).append('=').append(entry.getValue());
            mark = '&';
        }
        return URI.create(text.toString());
    }

    private static int whole(URI address, String parameter, int otherwise) {
        Matcher found = Pattern.compile("[?&]" + Pattern.quote(parameter) + "=(\\d{1,9})")
                .matcher(address.toString());
        return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
    }

    /** RFC 8288. */
    record ByLink() implements Pages {
        private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,<]*rel\\s*=\\s*\"?next\"?");

        @Override
        public Optional<URI> next(
                URI current, Fetched.Document page, Map<String, @Nullable Object> header, int records) {
            Matcher next = NEXT.matcher(page.links());
            return next.find() ? Optional.of(URI.create(next.group(1))) : Optional.empty();
        }
    }

    /** An address in the document. */
    record ByMember(List<String> path) implements Pages {
        @Override
        public Optional<URI> next(URI current, Fetched.Document page, Map<String, @Nullable Object> header, int records)
                throws SourceFailure {
            Object[] found = {header.get(path.getFirst())};
            if (path.size() > 1) {
                new JsonItems(new String(page.bytes(), StandardCharsets.UTF_8), path).forEach(item -> found[0] = item);
            }
            try {
                return found[0] instanceof String address && !address.isBlank()
                        ? Optional.of(URI.create(address.replace(" ", "%20")))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                throw new SourceFailure(
                        "»" + found[0] + "« ni naslov naslednje strani.",
                        "»" + found[0] + "« is no address of a next page.");
            }
        }
    }

    /** Parameters that count. */
    record ByOffset(Paging.Offset form) implements Pages {
        @Override
        public URI first(String address) {
            return with(
                    URI.create(address),
                    Map.of(form.offset(), "0", form.limit(), Integer.toString(form.size())),
                    false);
        }

        @Override
        public Optional<URI> next(
                URI current, Fetched.Document page, Map<String, @Nullable Object> header, int records) {
            int next = whole(current, form.offset(), 0) + records;
            return records < form.size()
                    ? Optional.empty()
                    : Optional.of(with(current, Map.of(form.offset(), Integer.toString(next)), true));
        }
    }

    /** The query of a layer, until it no longer says that there is more. */
    record OfArcGis() implements Pages {
        @Override
        public URI first(String address) {
            URI declared = URI.create(address);
            String path = declared.getRawPath() == null ? "" : declared.getRawPath();
            if (path.matches(".*/(FeatureServer|MapServer)/\\d+/?")) {
                String query = declared.getRawQuery() == null ? "" : "?" + declared.getRawQuery();
                declared = URI.create(address.replaceFirst("[?#].*$", "").replaceFirst("/$", "") + "/query" + query);
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("where", "1=1");
            parameters.put("outFields", "*");
            parameters.put("f", "json");
            return with(declared, parameters, false);
        }

        @Override
        public Optional<URI> next(
                URI current, Fetched.Document page, Map<String, @Nullable Object> header, int records) {
            boolean more = Boolean.TRUE.equals(header.get("exceededTransferLimit"));
            int next = whole(current, "resultOffset", 0) + records;
            return more && records > 0
                    ? Optional.of(with(current, Map.of("resultOffset", Integer.toString(next)), true))
                    : Optional.empty();
        }
    }
}
