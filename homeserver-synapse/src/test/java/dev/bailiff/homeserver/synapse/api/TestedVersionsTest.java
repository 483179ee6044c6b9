package dev.bailiff.homeserver.synapse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.embedded.EmbeddedSynapse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TestedVersionsTest {

  /** The suite installs one release; it would test another than the list says. */
  @Test
  void releaseThatTheSuiteRunsOnIsTheNewestOfTheList() {
    assertThat(TestedVersions.all()).last().isEqualTo(EmbeddedSynapse.VERSION);
  }

  @Test
  void eachHasTheFingerprintOfItsSchemaAndNoOtherReleaseHasOne() throws IOException {
    Path known = Path.of("src/main/resources/dev/bailiff/homeserver/synapse/purge/known");
    try (var files = Files.list(known)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              TestedVersions.all().stream().map(version -> version + ".json").toList());
    }
  }

  @Test
  void documentationNamesThem() throws IOException {
    assertThat(Files.readString(Path.of("../docs/synapse.md")))
        .contains("Tested with Synapse " + String.join(", ", TestedVersions.all()) + ".");
  }

  @Test
  void anyOtherIsWarnedOfInOneSentence() {
    assertThat(TestedVersions.warning("1.163.2")).isEmpty();
    assertThat(TestedVersions.warning("1.170.0"))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith("Bailiff was not tested with Synapse 1.170.0, only with 1.163.2: ")
                    .doesNotContain("\n"));
    assertThat(TestedVersions.warning("1.163.2 (b=develop,0123456)")).isPresent();
  }
}
