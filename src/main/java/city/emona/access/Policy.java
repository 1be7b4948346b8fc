package city.emona.access;

import city.emona.http.operation.Right;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Which roles have which rights. The file that comes with the program speaks of every right; a city's own file changes some of them. */
public final class Policy {
    private static final String FILE = "policy.yaml";

    private final Map<Right, Set<Role>> roles;

    private Policy(Map<Right, Set<Role>> roles) {
        this.roles = roles;
    }

    /** The policy that comes with the program. */
    public static Policy shipped() {
        try (InputStream in = Objects.requireNonNull(Policy.class.getResourceAsStream(FILE), FILE)) {
            Map<Right, Set<Role>> read = read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            for (Right right : Right.values()) {
                if (!read.containsKey(right)) {
                    throw new IllegalStateException(FILE + " says nothing of " + right.word());
                }
            }
            return new Policy(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * This policy with what a file says otherwise.
     *
     * @throws IllegalArgumentException with what the file would have to be
     */
    public Policy with(Path file) {
        try {
            Map<Right, Set<Role>> changed = new EnumMap<>(roles);
            changed.putAll(read(Files.readString(file)));
            if (!changed.getOrDefault(Right.ACCESS_MANAGE, Set.of()).contains(Role.ADMINISTRATOR)) {
                throw new IllegalArgumentException("a file that leaves access.manage to the administrator");
            }
            return new Policy(changed);
        } catch (IOException e) {
            throw new IllegalArgumentException("a file that can be read", e);
        }
    }

    private static Map<Right, Set<Role>> read(String text) {
        Object document;
        try {
            document = new Load(LoadSettings.builder()
                            .setAllowDuplicateKeys(false)
                            .setMaxAliasesForCollections(0)
                            .build())
                    .loadFromString(text);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("a file that is valid YAML", e);
        }
        Map<Right, Set<Role>> read = new EnumMap<>(Right.class);
        if (document instanceof Map<?, ?> map) {
            map.forEach((name, value) -> read.put(right(String.valueOf(name)), roles(name, value)));
        } else if (document != null) {
            throw new IllegalArgumentException("a file with lines such as data.write: [editor, steward]");
        }
        return read;
    }

    private static Right right(String word) {
        return Right.find(word)
                .orElseThrow(
                        () -> new IllegalArgumentException("a file of rights that exist, not »" + word + "«; they are "
                                + Stream.of(Right.values()).map(Right::word).collect(Collectors.joining(", "))));
    }

    private static Set<Role> roles(Object right, Object value) {
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException("a file in which " + right + " is a list of roles");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Object word : list) {
            roles.add(Role.find(String.valueOf(word))
                    .orElseThrow(() ->
                            new IllegalArgumentException("a file of roles that exist, not »" + word + "«; they are "
                                    + Stream.of(Role.values()).map(Role::word).collect(Collectors.joining(", ")))));
        }
        return Collections.unmodifiableSet(roles);
    }

    /** The roles that have a right. */
    public Set<Role> roles(Right right) {
        return roles.getOrDefault(right, Set.of());
    }
}
