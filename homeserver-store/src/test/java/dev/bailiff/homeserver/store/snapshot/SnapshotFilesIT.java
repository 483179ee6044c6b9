package dev.bailiff.homeserver.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The files of a snapshot: links, and media files. */
class SnapshotFilesIT extends SnapshotFixture {
  /**
   * Nothing outside the snapshot is copied by way of a link in it; the folder itself may be a link.
   */
  @Test
  void linksInASnapshotAreNotFollowed() throws IOException {
    Path outside = Files.createDirectories(media.resolve("outside/aa/aa"));
    Files.writeString(outside.resolve("bbbb"), "secret");
    Files.writeString(folder.resolve("32-32-image-png-crop"), "secret");
    write(SERVER, medium("aaaabbbb"), medium("ccccdddd"), medium("eeeeffff"), medium("gggghhhh"));
    link("media/aa", outside.getParent());
    link("media/cc/cc/dddd", outside.resolve("bbbb"));
    file("media/ee/ee/ffff");
    link("thumbnails/ee/ee/ffff", folder);
    file("media/gg/gg/hhhh");
    link("thumbnails/gg/gg/hhhh/32-32-image-png-crop", outside.resolve("bbbb"));
    Path link = Files.createSymbolicLink(media.resolve("snapshot"), folder);

    ImportReport report = importer.importFrom(link, null, progress -> {});

    assertThat(report.mediaFiles()).isEqualTo(2);
    assertThat(report.missingFiles()).isEqualTo(2);
    assertThat(media.resolve("media/ee/ee/ffff")).hasContent("own");
    assertThat(media.resolve("media/aa")).doesNotExist();
    assertThat(media.resolve("media/cc")).doesNotExist();
    assertThat(media.resolve("thumbnails")).doesNotExist();
  }

  @Test
  void recordsBehindALinkAreRefused() throws IOException {
    link("records.ndjson", Files.writeString(media.resolve("other"), SERVER + "\n"));

    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .hasMessageContaining("records.ndjson in " + folder + " is a link, which is not followed");
  }

  @Test
  void mediaFilesThatWereCutAreCounted() throws IOException {
    write(
        SERVER,
        medium("aaaabbbb").replace("}", ",\"media_length\":3}"),
        medium("ccccdddd").replace("}", ",\"media_length\":4}"),
        medium("eeeeffff"));
    file("media/aa/aa/bbbb");
    file("media/cc/cc/dddd");
    file("media/ee/ee/ffff");

    ImportReport report = importer.importFrom(folder, null, progress -> {});

    assertThat(report.mediaFiles()).isEqualTo(3);
    assertThat(report.shortFiles()).isEqualTo(1);
    assertThat(media.resolve("media/cc/cc/dddd")).hasContent("own");
  }

  private void link(String name, Path target) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.createSymbolicLink(folder.resolve(name), target);
  }

  private void file(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), "own");
  }
}
