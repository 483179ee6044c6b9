package dev.bailiff.homeserver.synapse.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NewestWindowTest {

  @Test
  void countsOpenCandidatesAmongTheNewestAlone() {
    var window = new NewestWindow(3);

    for (boolean open : new boolean[] {true, true, false, true, false}) {
      window.add(open);
    }

    assertEquals(1, window.open());
  }
}
