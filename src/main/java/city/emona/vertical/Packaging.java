package city.emona.vertical;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a vertical says about itself as something that is installed.
 *
 * @param publisher who publishes it; together with the id its identity
 * @param platform the versions of Emona that it works with
 * @param needs the verticals that must be there, by id
 * @param questions what it asks when it is installed
 * @param migrations how entities of older versions become those of this one; the first that fits counts
 */
public record Packaging(
        String publisher,
        VersionRange platform,
        Map<String, VersionRange> needs,
        List<Question> questions,
        List<MigrationSpec> migrations) {
    /** The publisher of those that name none: the city itself. */
    public static final String OWN_PUBLISHER = "city";

    /** What the platform calls itself among the requirements. */
    public static final String PLATFORM = "emona";

    public Packaging {
        needs = Map.copyOf(needs);
        questions = List.copyOf(questions);
        migrations = List.copyOf(migrations);
    }

    /** A question by its id. */
    public Optional<Question> findQuestion(String id) {
        return questions.stream().filter(q -> q.id().equals(id)).findFirst();
    }

    /** The migration that starts from a version. */
    public Optional<MigrationSpec> findMigration(SemanticVersion from) {
        return migrations.stream().filter(m -> m.from().holds(from)).findFirst();
    }
}
