package dev.bailiff.testing.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.embedded.EmbeddedSynapse;
import org.junit.jupiter.api.Test;

class SynapseVersionIT {

  /** The Python environment is below the folder of the sources, which is a Git repository. */
  @Test
  void aRepositoryAroundTheEnvironmentIsNoPartOfTheVersion() {
    var reported =
        RealSynapse.get()
            .http()
            .admin("/_synapse/admin/v1/server_version")
            .ok()
            .path("server_version")
            .asText();

    assertThat(reported).isEqualTo(EmbeddedSynapse.VERSION);
  }
}
