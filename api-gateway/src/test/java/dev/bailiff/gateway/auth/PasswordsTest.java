package dev.bailiff.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Passwords of our own and of accounts that came from elsewhere. */
class PasswordsTest {

  @Test
  void passwordMatchesItsHashInEveryUnicodeForm() {
    var hash = Passwords.hash("p\u00e4ss");

    assertThat(hash).startsWith("$2b$12$");
    assertThat(Passwords.matchesInEqualTime("pa\u0308ss", hash)).isTrue();
    assertThat(Passwords.matchesInEqualTime("pass", hash)).isFalse();
  }

  @Test
  void passwordsAreLookedAtUpTo72Bytes() {
    var hash = Passwords.hash("x".repeat(100));

    assertThat(Passwords.matchesInEqualTime("x".repeat(72), hash)).isTrue();
    assertThat(Passwords.matchesInEqualTime("x".repeat(71), hash)).isFalse();
  }

  @Test
  void whatIsLongerThanAPasswordMayBeMatchesNothing() {
    var longest = "x".repeat(512);
    var hash = Passwords.hash(longest);

    assertThat(Passwords.matchesInEqualTime(longest, hash)).isTrue();
    assertThat(Passwords.matchesInEqualTime(longest + "x", hash)).isFalse();
    // 512 characters outside of the basic plane, in 1,024 chars
    assertThat(Passwords.isTooLong("\uD83D\uDE00".repeat(512))).isFalse();
  }

  @Test
  void emptyPasswordDoesNotStandForOneThatIsTooLong() {
    assertThat(Passwords.matchesInEqualTime("x".repeat(513), Passwords.hash(""))).isFalse();
  }

  @Test
  void emptyPasswordIsAPasswordButNoneIsNot() {
    assertThat(Passwords.matchesInEqualTime("", Passwords.hash(""))).isTrue();
    assertThat(Passwords.matchesInEqualTime("", null)).isFalse();
  }
}
