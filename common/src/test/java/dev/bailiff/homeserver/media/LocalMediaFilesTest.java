package dev.bailiff.homeserver.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMediaFilesTest {
  @TempDir Path folder;
  @TempDir Path elsewhere;

  private LocalMediaFiles files;
  private Path source;

  @BeforeEach
  void open() throws IOException {
    files = new LocalMediaFiles(folder);
    source = Files.writeString(elsewhere.resolve("source"), "bytes");
  }

  @Test
  void deletingOneLeavesAnotherWithTheSameBytes() {
    files.put("aaaabbbb", source);
    files.put("aaaacccc", source);
    files.putThumbnail("aaaabbbb", "32-32-image-png-crop", source);

    assertThat(files.delete("aaaabbbb")).isTrue();

    assertThat(files.has("aaaabbbb")).isFalse();
    assertThat(files.has("aaaacccc")).isTrue();
    assertThat(folder.resolve("thumbnails/aa/aa/bbbb")).doesNotExist();
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    assertThat(files.delete("aaaabbbb")).isFalse();
  }

  @Test
  void folderThatIsNotThereIsAnError() {
    var unmounted = new LocalMediaFiles(folder.resolve("not-mounted"));

    assertThatThrownBy(() -> unmounted.delete("aaaabbbb"))
        .isInstanceOf(java.io.UncheckedIOException.class);
  }

  @Test
  void thumbnailsStayWhereTheFileCannotBeDeleted() throws IOException {
    files.putThumbnail("aaaabbbb", "32-32-image-png-crop", source);
    Files.createDirectories(folder.resolve("media/aa/aa/bbbb/full"));

    assertThatThrownBy(() -> files.delete("aaaabbbb"))
        .isInstanceOf(java.io.UncheckedIOException.class);

    assertThat(folder.resolve("thumbnails/aa/aa/bbbb/32-32-image-png-crop")).exists();
  }

  @Test
  void copyIsWholeOrNotThere() throws IOException {
    files.put("aaaabbbb", source);

    assertThat(folder.resolve("media/aa/aa/bbbb")).hasContent("bytes");
    try (var left = Files.list(folder.resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
    assertThatThrownBy(() -> files.put("aaaacccc", elsewhere.resolve("missing")))
        .isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(files.has("aaaacccc")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "../../../etc", "..aaaa", "aa/bbcc", "aaaa..", "aaaa b", "aaaä1234"})
  void idsThatCouldLeadElsewhereAreRefused(String id) {
    assertThatThrownBy(() -> files.put(id, source)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files.delete(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".", "a/b", ".hidden"})
  void thumbnailNamesThatCouldLeadElsewhereAreRefused(String name) {
    assertThatThrownBy(() -> files.putThumbnail("aaaabbbb", name, source))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
