package dev.bailiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonEnvironmentTest {
  private static final String PACKAGES = "synapse-requirements.txt";

  @TempDir Path folder;

  @Test
  void missingPythonIsExplainedInOneSentence() {
    var environment =
        new PythonEnvironment(folder.resolve("environment"), "no-such-python", PACKAGES);

    assertThatThrownBy(environment::python)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessage(
            "Synapse needs Python 3.10 or later with venv: install both, on Debian and Ubuntu by"
                + " apt install python3-venv");
  }

  @Test
  void synapseThatCannotBeInstalledLeavesItsFolderFree() {
    var database = new SynapseDatabase("127.0.0.1", 1, "synapse", "postgres", "password");
    var settings =
        SynapseSettings.in(
                folder.resolve("synapse"), folder.resolve("environment"), "a.example", database)
            .withInterpreter("false");
    var synapse = new EmbeddedSynapse(settings);

    assertThatThrownBy(synapse::start)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageStartingWith("Synapse needs Python");
    try (var lock = DataFolderLock.acquire(folder.resolve("synapse"))) {
      assertThat(lock).isNotNull();
    }
  }

  @Test
  void versionIsTheOneThatIsPinned() throws Exception {
    try (var in = PythonEnvironment.class.getResourceAsStream(PACKAGES)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
          .contains("matrix-synapse==" + EmbeddedSynapse.VERSION)
          .filteredOn(line -> !line.startsWith("#"))
          .allMatch(line -> line.contains("=="));
    }
  }
}
