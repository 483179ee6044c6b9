package dev.bailiff.homeserver.synapse.batch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TriesTest {
  private final Tries tries = new Tries();

  @Test
  void theThirdTryIsTheLast() {
    assertFalse(tries.isLast("redact", "$a"));
    assertFalse(tries.isLast("redact", "$a"));
    assertTrue(tries.isLast("redact", "$a"));
  }

  @Test
  void itemsAndOperationsAreCountedApart() {
    assertFalse(tries.isLast("redact", "$a"));
    assertFalse(tries.isLast("redact", "$b"));
    assertFalse(tries.isLast("delete", "$a"));
    assertFalse(tries.isLast("redact", "$a"));
  }
}
