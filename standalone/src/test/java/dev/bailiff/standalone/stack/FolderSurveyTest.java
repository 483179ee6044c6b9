package dev.bailiff.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSurveyTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100%",
        "%d{x}%i",
        "with blanks",
        "it's",
        "-x",
        "ü 你 😀",
        "a;b&c|d",
        "(a)",
        "*",
        "{x}"
      })
  void namesThatTheFileSystemTakesServe(String name) {
    DataFolder folder = DataFolder.at(temp.resolve(name));

    folder.create();

    assertThat(folder.path()).isDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a\"b", "a$HOME", "a`b", "a\\b", "a\nb", "a\tb", "\u001b[31m"})
  void othersAreRefusedBeforeAnythingIsWritten(String name) throws IOException {
    DataFolder folder = DataFolder.at(temp.resolve("new").resolve(name));

    assertThatThrownBy(folder::create)
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("has a character that PostgreSQL or Kafka cannot take")
        .hasMessageNotContainingAny("\n", "\u001b");
    try (var entries = Files.list(temp)) {
      assertThat(entries).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin",
        "postgres",
        "kafka",
        "bailiff.log",
        "runtime.json",
        "lock",
        "kafka/logs",
        "postgres/data",
        "postgres/data/base"
      })
  void linksInAFolderAreRefused(String name) throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Path folder = Files.createDirectory(temp.resolve("d"));
    Files.createDirectories(folder.resolve(name).getParent());
    Files.createSymbolicLink(folder.resolve(name), outside);

    assertThatThrownBy(DataFolder.at(folder)::create)
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining(name + " is a link");
    try (var entries = Files.list(outside)) {
      assertThat(entries).isEmpty();
    }
  }

  @Test
  void folderItselfAndItsMediaMayBeLinks() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside/media"));
    Path folder = Files.createDirectory(temp.resolve("d"));
    Files.createSymbolicLink(folder.resolve("media"), outside);

    assertThatCode(
            () -> DataFolder.at(Files.createSymbolicLink(temp.resolve("l"), folder)).create())
        .doesNotThrowAnyException();
  }

  @Test
  void filesOfAnotherAccountAreNamedWithWhatToDo() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
    Path folder = temp.resolve("d");
    DataFolder.at(folder).create();
    Files.setAttribute(folder.resolve("kafka"), "unix:uid", 12_345);

    assertThatThrownBy(DataFolder.at(folder)::create)
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("kafka belongs to 12345 and this is root")
        .hasMessageContaining("sudo chown -R root '" + DataFolder.at(folder).path() + "'");
  }

  @Test
  void whatElseLiesThereIsNoneOfOurBusiness() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("d/lost+found")).getParent();
    Files.createSymbolicLink(folder.resolve("notes"), temp);

    assertThatCode(DataFolder.at(folder)::create).doesNotThrowAnyException();
  }
}
