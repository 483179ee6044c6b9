package dev.bailiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderLockTest {
  @TempDir Path folder;

  @Test
  void secondHolderIsRefusedAlsoByAnotherPath() {
    try (DataFolderLock held = DataFolderLock.acquire(folder)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DataFolderLock.acquire(folder.resolve("../" + folder.getFileName())))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("in use by process");
    }
  }

  @Test
  void closedLockCanBeTakenAgain() {
    DataFolderLock.acquire(folder).close();

    DataFolderLock.acquire(folder).close();

    assertThat(folder.resolve("lock")).exists();
  }

  @Test
  void ownerIsWrittenDown() throws Exception {
    try (DataFolderLock held = DataFolderLock.acquire(folder)) {
      assertThat(held).isNotNull();
      assertThat(Files.readString(folder.resolve("lock")).strip())
          .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void missingFolderIsMade() {
    Path deeper = folder.resolve("a/b");

    DataFolderLock.acquire(deeper).close();

    assertThat(deeper).isDirectory();
  }
}
