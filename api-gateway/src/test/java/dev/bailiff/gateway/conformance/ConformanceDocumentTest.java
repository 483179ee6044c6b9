package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every section of the admin API has tests, which {@code docs/conformance.md} lists. */
class ConformanceDocumentTest {
  private static final List<Coverage.Row> ROWS = Coverage.rows();
  private static final List<ConformanceClass> CLASSES = ConformanceClass.all();
  private static final List<String> SECTIONS = ROWS.stream().map(Coverage.Row::section).toList();

  @Test
  void everySectionHasATest() {
    assertThat(SECTIONS)
        .allSatisfy(
            section -> assertThat(CLASSES).as(section).anyMatch(type -> type.testsOf(section) > 0));
  }

  @Test
  void testsNameNoSectionThatIsNotThere() {
    assertThat(CLASSES)
        .allSatisfy(type -> assertThat(SECTIONS).as(type.name()).containsAll(type.sections()));
  }

  @Test
  void documentIsWhatWouldBeGenerated() throws IOException {
    var text = new ConformanceDocument(ROWS, CLASSES).text();
    if (Boolean.getBoolean("bailiff.conformance.write")) {
      Files.writeString(ConformanceDocument.file(), text);
    }

    assertThat(Files.readString(ConformanceDocument.file()))
        .as(
            "mvn test -pl api-gateway -am -Dtest=ConformanceDocumentTest"
                + " -Dbailiff.conformance.write=true")
        .isEqualTo(text);
  }
}
