package city.emona.portal;

import city.emona.access.Grant;
import city.emona.access.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Says in words which roles somebody was given. */
public final class GrantWords {
    private GrantWords() {}

    /** Each role with its domain. */
    public static List<String> of(Set<Grant> grants, Language language) {
        Texts texts = Texts.of(language);
        return grants.stream()
                .sorted(Comparator.comparing(Grant::role).thenComparing(Grant::domain))
                .map(grant -> grant.domain().equals(Grant.EVERYWHERE)
                        ? role(grant.role(), language)
                        : texts.text("access.inDomain", role(grant.role(), language), grant.domain()))
                .toList();
    }

    /** A role in a word. */
    public static String role(Role role, Language language) {
        return Texts.of(language).text("role." + role.word());
    }
}
