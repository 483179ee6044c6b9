package dev.bailiff.homeserver.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Media files in a local folder, or one that all processes share over the network. */
public final class LocalMediaFiles implements MediaFiles {

  private final Path media;
  private final Path thumbnails;
  private final Path incoming;

  public LocalMediaFiles(Path folder) {
    this.media = folder.resolve("media");
    this.thumbnails = folder.resolve("thumbnails");
    this.incoming = folder.resolve("incoming");
  }

  @Override
  public void put(String mediaId, Path source) {
    copy(source, MediaPath.of(media, mediaId));
  }

  @Override
  public void putThumbnail(String mediaId, String name, Path source) {
    copy(source, MediaPath.of(thumbnails, mediaId).resolve(MediaPath.checkedName(name)));
  }

  @Override
  public boolean has(String mediaId) {
    return Files.isRegularFile(MediaPath.of(media, mediaId));
  }

  @Override
  public boolean delete(String mediaId) {
    Path folder = MediaPath.of(thumbnails, mediaId);
    try {
      for (Path thumbnail : list(folder)) {
        Files.deleteIfExists(thumbnail);
      }
      Files.deleteIfExists(folder);
      return Files.deleteIfExists(MediaPath.of(media, mediaId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Written aside and renamed: whoever looks sees the whole file or none. */
  private void copy(Path source, Path target) {
    try {
      Files.createDirectories(incoming);
      Files.createDirectories(target.getParent());
      Path aside = incoming.resolve(UUID.randomUUID().toString());
      try {
        Files.copy(source, aside);
        Files.move(
            aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
