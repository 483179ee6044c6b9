package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Checks that {@code docs/architecture.md} shows the modules and packages as they are. */
class ModulePictureTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DOCUMENT = ROOT.resolve("docs/architecture.md");
  private static final String BEGIN = "<!-- made from the code: ModulePictureTest -->\n";
  private static final String END = "<!-- end of what is made from the code -->\n";

  @Test
  void pictureIsThatOfTheCode() throws IOException {
    var picture = new ModulePicture(ROOT).text();
    if (Boolean.getBoolean("bailiff.picture.write")) {
      var document = Files.readString(DOCUMENT);
      Files.writeString(
          DOCUMENT,
          document.substring(0, document.indexOf(BEGIN) + BEGIN.length())
              + picture
              + document.substring(document.indexOf(END)));
    }

    assertThat(shown(Files.readString(DOCUMENT)))
        .as(
            "mvn test -pl benchmarks -am -Dtest=ModulePictureTest -Dbailiff.picture.write=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(picture);
  }

  private static String shown(String document) {
    assertThat(document).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    return document.substring(document.indexOf(BEGIN) + BEGIN.length(), document.indexOf(END));
  }
}
