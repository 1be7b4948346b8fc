package city.emona.vertical.life;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.SemanticVersion;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a vertical needs of the platform and of other verticals, and does not find. */
final class Requirements {
    private Requirements() {}

    /** What is not as the vertical needs it; none when all is. */
    static List<LocalizedText> listBroken(Vertical vertical, Verticals running, Optional<SemanticVersion> platform) {
        List<LocalizedText> broken = new ArrayList<>();
        if (platform.isPresent() && !vertical.packaging().platform().holds(platform.get())) {
            broken.add(new LocalizedText(
                    "Potrebuje Emono " + vertical.packaging().platform() + ", teče pa " + platform.get() + ".",
                    "It needs Emona " + vertical.packaging().platform() + ", but " + platform.get() + " runs."));
        }
        new TreeMap<>(vertical.packaging().needs()).forEach((id, range) -> {
            Optional<SemanticVersion> version = running.find(id).map(Vertical::version);
            if (version.isEmpty() || !range.holds(version.get())) {
                String found = version.map(SemanticVersion::toString).orElse("–");
                broken.add(new LocalizedText(
                        "Potrebuje vertikalo " + id + " " + range + "; teče: " + found + ".",
                        "It needs the vertical " + id + " " + range + "; running: " + found + "."));
            }
        });
        return broken;
    }
}
