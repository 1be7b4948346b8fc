package city.emona.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.http.operation.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
    private final Access access = Access.by(Policy.shipped());

    @TempDir
    Path folder;

    private static Caller with(Grant... grants) {
        return new Caller(Caller.Kind.KEY, "1", "key", Set.of(grants));
    }

    private boolean may(Caller caller, Right right, Target target) {
        return access.decide(caller, right, target).isAllowed();
    }

    private Policy changed(String yaml) throws IOException {
        return Policy.shipped().with(Files.writeString(folder.resolve("policy.yaml"), yaml));
    }

    @Test
    void whatIsPublishedNeedsNoAccountAndNothingElseDoes() {
        Set<Right> open = Set.of(Right.SERVICE_READ, Right.DATA_READ, Right.SOURCES_READ, Right.SOURCES_PUSH);
        for (Right right : Right.values()) {
            assertThat(may(Caller.ANYBODY, right, Target.CITY)).as(right.word()).isEqualTo(open.contains(right));
        }
    }

    @Test
    void otherTenantsPublishNothing() {
        Target tenant = new Target("school", "", false);
        assertThat(may(Caller.ANYBODY, Right.DATA_READ, tenant)).isFalse();
        assertThat(may(with(new Grant(Role.READER, "mobility")), Right.DATA_READ, tenant))
                .isFalse();
        assertThat(may(with(Grant.everywhere(Role.READER)), Right.DATA_READ, tenant))
                .isTrue();
    }

    @Test
    void aRoleCountsInItsDomainAlone() {
        Caller steward = with(new Grant(Role.STEWARD, "mobility"));
        assertThat(may(steward, Right.SOURCES_SWITCH, Target.ofDomain("mobility")))
                .isTrue();
        assertThat(may(steward, Right.SOURCES_SWITCH, Target.ofDomain("environment")))
                .isFalse();
        assertThat(may(steward, Right.DATA_WRITE, Target.CITY)).isFalse();
        assertThat(may(with(Grant.everywhere(Role.STEWARD)), Right.SOURCES_SWITCH, Target.ofDomain("environment")))
                .isTrue();
    }

    @Test
    void saysWhy() {
        Caller both = with(Grant.everywhere(Role.EDITOR), Grant.everywhere(Role.READER));
        Decision decision = access.decide(both, Right.DATA_WRITE, Target.CITY);
        assertThat(decision.because()).containsExactly(Role.EDITOR);
        assertThat(access.decide(Caller.ANYBODY, Right.DATA_PURGE, Target.CITY).needed())
                .containsExactlyInAnyOrder(Role.STEWARD, Role.ADMINISTRATOR);
    }

    @Test
    void aCitysFileChangesWhatItNames() throws IOException {
        Policy policy = changed("data.read: [reader, editor]\n");
        assertThat(policy.roles(Right.DATA_READ)).containsExactly(Role.READER, Role.EDITOR);
        assertThat(policy.roles(Right.DATA_WRITE)).isEqualTo(Policy.shipped().roles(Right.DATA_WRITE));
        assertThat(changed("").roles(Right.DATA_READ)).contains(Role.ANONYMOUS);
    }

    @Test
    void refusesFilesThatSayNothingOrTooMuch() {
        for (String bad : new String[] {
            "data.reed: [reader]",
            "data.read: [king]",
            "data.read: reader",
            "access.manage: [operator]",
            "[1, 2]",
            "data.read: [reader",
            "data.read: [reader]\ndata.read: []"
        }) {
            assertThatThrownBy(() -> changed(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
