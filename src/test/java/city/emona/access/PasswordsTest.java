package city.emona.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void knowsAPasswordAgainAndNoOther() {
        String phc = passwords.hash("štirje čudni beli konji");
        assertThat(passwords.matches("štirje čudni beli konji", phc)).isTrue();
        assertThat(passwords.matches("štirje čudni beli konj", phc)).isFalse();
        assertThat(passwords.hash("štirje čudni beli konji")).isNotEqualTo(phc);
    }

    @Test
    void knowsLettersHoweverTheyAreTyped() {
        String phc = passwords.hash("c\u030careli konj beli");
        assertThat(passwords.matches("\u010dareli konj beli", phc)).isTrue();
    }

    @Test
    void readsHashesOfOtherProgramsAndParameters() {
        // made with the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(passwords.matches("password", reference)).isTrue();
        assertThat(passwords.matches("Password", reference)).isFalse();
    }

    @Test
    void nobodyHasThePasswordOfAnAccountWithoutOne() {
        assertThat(passwords.matches("", "")).isFalse();
        assertThat(passwords.matches("anything at all", "")).isFalse();
    }
}
