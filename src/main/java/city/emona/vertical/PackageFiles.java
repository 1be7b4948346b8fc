package city.emona.vertical;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The files of one vertical's folder; nothing outside the folder is ever read. What cannot be read becomes a finding. */
final class PackageFiles {
    private static final long MAX_BYTES = 2_000_000;

    private final Path folder;
    private final Findings findings;

    PackageFiles(Path folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /** The place of a file or folder that must exist inside; {@code mentionedIn} and {@code line} say who wants it. */
    Optional<Path> find(String relative, String mentionedIn, int line) {
        return find(relative, mentionedIn, line, "Add it, or correct the path.");
    }

    private Optional<Path> find(String relative, String mentionedIn, int line, String remedy) {
        Path place;
        try {
            place = folder.resolve(relative).normalize();
        } catch (InvalidPathException e) {
            findings.add(mentionedIn, line, "»" + relative + "« is not a path.", "Name a file of this folder.");
            return Optional.empty();
        }
        if (!Files.exists(place)) {
            findings.add(mentionedIn, line, "There is no file »" + relative + "«.", remedy);
            return Optional.empty();
        }
        if (!isInside(place)) {
            findings.add(
                    mentionedIn,
                    line,
                    "»" + relative + "« is outside the vertical's folder.",
                    "Keep everything that belongs to the vertical in its folder.");
            return Optional.empty();
        }
        return Optional.of(place);
    }

    private boolean isInside(Path place) {
        try {
            return place.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** The content of a text file. */
    Optional<String> text(String relative, String mentionedIn, int line) {
        return find(relative, mentionedIn, line).flatMap(place -> text(relative, place));
    }

    private Optional<String> text(String relative, Path place) {
        try {
            if (Files.size(place) > MAX_BYTES) {
                findings.add(relative, 0, "The file is larger than " + MAX_BYTES + " bytes.", "Make it smaller.");
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(place));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            findings.add(relative, 0, "The file is not in UTF-8.", "Save it in UTF-8.");
        } catch (IOException e) {
            findings.add(relative, 0, "The file cannot be read: " + e.getMessage() + ".", "Check its rights.");
        }
        return Optional.empty();
    }

    /** The content of a JSON file. */
    Optional<JsonNode> json(String relative, String mentionedIn, int line) {
        return text(relative, mentionedIn, line).flatMap(text -> json(relative, text));
    }

    /** The content of a JSON file; {@code remedy} says what to do when there is none. */
    Optional<JsonNode> json(String relative, String mentionedIn, int line, String remedy) {
        return find(relative, mentionedIn, line, remedy)
                .flatMap(place -> text(relative, place))
                .flatMap(text -> json(relative, text));
    }

    private Optional<JsonNode> json(String relative, String text) {
        try {
            return Optional.of(Json.parse(text));
        } catch (Problem e) {
            findings.add(relative, 0, e.detail(), "Correct the JSON.");
            return Optional.empty();
        }
    }
}
