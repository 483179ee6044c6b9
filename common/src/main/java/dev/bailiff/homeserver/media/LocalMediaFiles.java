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

  private final Path folder;
  private final Path media;
  private final Path thumbnails;
  private final Path incoming;

  public LocalMediaFiles(Path folder) {
    this.folder = folder;
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

  /** {@inheritDoc} A folder that is not there (not mounted?) is no empty one, but an error. */
  @Override
  public boolean delete(String mediaId) {
    Path file = MediaPath.of(media, mediaId);
    Path ofThumbnails = MediaPath.of(thumbnails, mediaId);
    try {
      boolean deleted = Files.deleteIfExists(file);
      if (!deleted && !Files.isDirectory(folder)) {
        throw new NoSuchFileException(folder.toString(), null, "there is no media folder");
      }
      for (Path thumbnail : list(ofThumbnails)) {
        Files.deleteIfExists(thumbnail);
      }
      Files.deleteIfExists(ofThumbnails);
      return deleted;
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
