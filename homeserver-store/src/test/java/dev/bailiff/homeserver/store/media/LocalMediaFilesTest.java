package dev.bailiff.homeserver.store.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
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
  private Path outside;

  @BeforeEach
  void open() throws IOException {
    files = new LocalMediaFiles(folder);
    source = Files.writeString(elsewhere.resolve("source"), "bytes");
    outside = Files.createDirectories(elsewhere.resolve("outside/aa/aa/bbbb"));
    Files.writeString(outside.resolve("kept"), "kept");
  }

  @Test
  void deletingOneLeavesAnotherWithTheSameBytes() {
    put("aaaabbbb");
    put("aaaacccc");
    putThumbnail("aaaabbbb", "32-32-image-png-crop");

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
    putThumbnail("aaaabbbb", "32-32-image-png-crop");
    Files.createDirectories(folder.resolve("media/aa/aa/bbbb/full"));

    assertThatThrownBy(() -> files.delete("aaaabbbb"))
        .isInstanceOf(java.io.UncheckedIOException.class);

    assertThat(folder.resolve("thumbnails/aa/aa/bbbb/32-32-image-png-crop")).exists();
  }

  @Test
  void copyIsWholeOrNotThere() throws IOException {
    put("aaaabbbb");

    assertThat(folder.resolve("media/aa/aa/bbbb")).hasContent("bytes");
    try (var left = Files.list(folder.resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
    assertThatThrownBy(() -> files.put("aaaacccc", new Breaking()))
        .isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(files.has("aaaacccc")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "../../../etc", "..aaaa", "aa/bbcc", "aaaa..", "aaaa b", "aaaä1234"})
  void idsThatCouldLeadElsewhereAreRefused(String id) {
    assertThatThrownBy(() -> put(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files.delete(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".", "a/b", ".hidden"})
  void thumbnailNamesThatCouldLeadElsewhereAreRefused(String name) {
    assertThatThrownBy(() -> putThumbnail("aaaabbbb", name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"thumbnails", "thumbnails/aa", "thumbnails/aa/aa", "thumbnails/aa/aa/bbbb"})
  void thumbnailsBehindALinkStay(String link) throws IOException {
    put("aaaabbbb");
    link(link);

    assertThatThrownBy(() -> files.delete("aaaabbbb")).hasMessageContaining("it is a link");

    assertThat(outside.resolve("kept")).hasContent("kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"media", "media/aa", "media/aa/aa"})
  void filesBehindALinkAreNotTouched(String link) throws IOException {
    Path file = Files.writeString(outside.resolveSibling("bbbbb"), "kept");
    link(link);

    assertThatThrownBy(() -> files.delete("aaaabbbbb")).hasMessageContaining("it is a link");
    assertThatThrownBy(() -> files.has("aaaabbbbb")).hasMessageContaining("it is a link");
    assertThatThrownBy(() -> put("aaaabbbbb")).hasMessageContaining("it is a link");

    assertThat(file).hasContent("kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"thumbnails", "thumbnails/aa/aa/bbbb", "incoming"})
  void nothingIsWrittenBehindALink(String link) throws IOException {
    link(link);

    assertThatThrownBy(() -> putThumbnail("aaaabbbb", "kept")).hasMessageContaining("it is a link");

    assertThat(outside.resolve("kept")).hasContent("kept");
    assertThat(elsewhere.resolve("outside")).isDirectoryNotContaining("glob:**/*-*");
  }

  @Test
  void linkInPlaceOfAFileIsNoFileAndGoesAlone() throws IOException {
    Files.createDirectories(folder.resolve("media/aa/aa"));
    Files.createSymbolicLink(folder.resolve("media/aa/aa/bbbb"), source);

    assertThat(files.has("aaaabbbb")).isFalse();
    assertThat(files.delete("aaaabbbb")).isTrue();
    assertThat(source).hasContent("bytes");

    Files.createSymbolicLink(folder.resolve("media/aa/aa/bbbb"), source);
    files.put("aaaabbbb", new ByteArrayInputStream(new byte[] {1}));
    assertThat(source).hasContent("bytes");
    assertThat(files.has("aaaabbbb")).isTrue();
  }

  @Test
  void folderItselfMayBeALink() throws IOException {
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
    files = new LocalMediaFiles(link);
    put("aaaabbbb");

    assertThat(folder.resolve("media/aa/aa/bbbb")).hasContent("bytes");
    assertThat(files.delete("aaaabbbb")).isTrue();
  }

  @Test
  void whatIsMadeIsForItsOwnerAlone() throws IOException {
    put("aaaabbbb");

    assertThat(Files.getPosixFilePermissions(folder.resolve("media/aa/aa/bbbb")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("media/aa")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  /**
   * Makes a link in the media folder to a folder outside, which has the files that would lie behind
   * the link.
   */
  private void link(String name) throws IOException {
    Path target = elsewhere.resolve("outside");
    int depth = Path.of(name).getNameCount() - 1;
    for (int i = 0; i < depth; i++) {
      target = target.resolve(List.of("aa", "aa", "bbbb").get(i));
    }
    Files.createDirectories(folder.resolve(name).getParent());
    Path link = folder.resolve(name);
    if (Files.isDirectory(link)) {
      try (var files = Files.walk(link).sorted(Comparator.reverseOrder())) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createSymbolicLink(link, target);
  }

  private void put(String id) {
    files.put(id, new ByteArrayInputStream("bytes".getBytes(StandardCharsets.UTF_8)));
  }

  private void putThumbnail(String id, String name) {
    files.putThumbnail(
        id, name, new ByteArrayInputStream("bytes".getBytes(StandardCharsets.UTF_8)));
  }

  /** A source that fails in the middle. */
  private static final class Breaking extends InputStream {
    private boolean begun;

    @Override
    public int read() throws IOException {
      if (begun) {
        throw new IOException("cut");
      }
      begun = true;
      return 'b';
    }
  }
}
