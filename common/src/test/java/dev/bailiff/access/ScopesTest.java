package dev.bailiff.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
  private static final List<String> KINDS = List.of("delete-rooms");

  @Test
  void submissionOfOneKindIsNotThatOfAnother() {
    var scopes = Scopes.parse(List.of("jobs:submit:delete-rooms"), KINDS);

    assertTrue(scopes.allow(Scope.JOBS_SUBMIT));
    assertTrue(scopes.allowSubmission("delete-rooms"));
    assertFalse(scopes.allowSubmission("delete-rooms-too"));
    assertTrue(Scopes.of(Scope.JOBS_SUBMIT).allowSubmission("any"));
  }

  @Test
  void scopesCoverTheSameAndFewer() {
    var all = Scopes.of(Scope.JOBS_SUBMIT, Scope.USERS_READ);

    assertTrue(all.cover(all));
    assertTrue(all.cover(new Scopes(Set.of("jobs:submit:delete-rooms"))));
    assertFalse(new Scopes(Set.of("jobs:submit:delete-rooms")).cover(all));
    assertFalse(all.cover(Scopes.of(Scope.USERS_WRITE)));
  }

  @Test
  void tokensOfBeforeMayAllButForce() {
    assertTrue(Scopes.ALL.cover(Scopes.LEGACY));
    assertFalse(Scopes.LEGACY.cover(Scopes.ALL));
    assertEquals(Scope.values().length - 1, Scopes.LEGACY.words().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "jobs", "jobs:submit", "jobs:submit:", "jobs:submit:none", "JOBS:READ", "*"})
  void otherWordsAreRefused(String word) {
    var words = List.of("jobs:read", word);

    var refusal = assertThrows(IllegalArgumentException.class, () -> Scopes.parse(words, KINDS));

    assertTrue(String.valueOf(refusal.getMessage()).startsWith("'" + word + "' is no scope"));
  }
}
