package dev.bailiff.gateway.auth.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.access.OperatorToken;
import dev.bailiff.access.TokenTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What ends with a token. */
class HeldTokensTest {
  private final HeldTokens tokens = new HeldTokens();
  private final List<String> ended = new ArrayList<>();

  @Test
  void allWithTheTokenEndOnceAndNoOthers() {
    tokens.hold(
        token("a"),
        () -> {
          throw new IllegalStateException("one that cannot be ended");
        });
    tokens.hold(token("a"), () -> ended.add("first"));
    tokens.hold(token("a"), () -> ended.add("closed")).close();
    tokens.hold(token("b"), () -> ended.add("other"));

    tokens.revoked("a");
    tokens.revoked("a");

    assertThat(ended).containsExactly("first");
    assertThat(tokens.ids()).containsExactly("b");
  }

  @Test
  void aTokenThatWasRevokedBeforeItIsHeldEndsAtOnce() {
    tokens.revoked("a");

    tokens.hold(token("a"), () -> ended.add("late")).close();

    assertThat(ended).containsExactly("late");
    assertThat(tokens.ids()).isEmpty();
  }

  @Test
  void aClosedHoldIsForgotten() {
    var hold = tokens.hold(token("a"), () -> ended.add("closed"));
    hold.close();
    hold.close();
    tokens.hold(Optional.empty(), () -> ended.add("of a user")).close();

    tokens.revoked("a");

    assertThat(ended).isEmpty();
    assertThat(tokens.ids()).isEmpty();
  }

  private static Optional<OperatorToken> token(String id) {
    return Optional.of(new OperatorToken(id, "bot", TokenTerms.UNBOUNDED));
  }
}
