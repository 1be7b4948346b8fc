package city.emona.vertical.life;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.PackageContent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What becomes of the city's own changes when another version of the package comes: what the package left alone stays as the city made
 * it, what both changed is joined line by line, and what clashes is decided by the order.
 *
 * @param edits the files that differ from the new package, as they will be at work
 * @param kept the paths of edits that stay
 * @param clashes the paths that both changed in the same lines
 */
record EditMerge(SortedMap<String, byte[]> edits, List<String> kept, List<String> clashes) {
    static EditMerge of(Ledger ledger, PackageStore packages, PackageContent next, Order.Edits policy) {
        EditMerge merge = new EditMerge(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        ledger.edits().forEach((path, digest) -> merge.add(ledger, packages, next, policy, path, digest));
        return merge;
    }

    private void add(
            Ledger ledger, PackageStore packages, PackageContent next, Order.Edits policy, String path, String digest) {
        byte[] local = packages.file(digest);
        byte[] coming = next.files().get(path);
        String base = ledger.files().get(path);
        boolean untouched =
                coming == null ? base == null : PackageContent.digest(coming).equals(base);
        if (coming != null && PackageContent.digest(coming).equals(digest)) {
            return;
        }
        if (untouched) {
            keep(path, local);
            return;
        }
        Optional<byte[]> joined =
                base == null || coming == null ? Optional.empty() : join(packages.file(base), local, coming, policy);
        if (joined.isPresent()) {
            if (coming == null || !Arrays.equals(joined.get(), coming)) {
                keep(path, joined.get());
            }
        } else if (policy == Order.Edits.KEEP) {
            keep(path, local);
        } else if (policy == Order.Edits.REFUSE) {
            clashes.add(path);
        }
    }

    private void keep(String path, byte[] content) {
        edits.put(path, content);
        kept.add(path);
    }

    private static Optional<byte[]> join(byte[] base, byte[] local, byte[] next, Order.Edits policy) {
        try {
            return LineMerge.merge(text(base), text(local), text(next), policy)
                    .map(text -> text.getBytes(StandardCharsets.UTF_8));
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    LocalizedText refusal() {
        String paths = String.join(", ", clashes);
        return new LocalizedText(
                "Mesto in paket sta spremenila iste vrstice: " + paths
                        + ". Izberite, katera različica velja (edits: keep ali package).",
                "The city and the package changed the same lines: " + paths
                        + ". Choose which version counts (edits: keep or package).");
    }
}
