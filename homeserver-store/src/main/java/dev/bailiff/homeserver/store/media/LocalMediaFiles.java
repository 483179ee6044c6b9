package dev.bailiff.homeserver.store.media;

import dev.bailiff.file.OpenFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Media files in a local folder, or in a network folder that all processes share. The folder itself
 * may be a link; no link below it is followed, so that nothing outside is read, written or deleted.
 */
public final class LocalMediaFiles implements MediaFiles {
  private static final String MEDIA = "media";
  private static final String THUMBNAILS = "thumbnails";
  private static final List<String> INCOMING = List.of("incoming");

  private final Path folder;

  public LocalMediaFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public long put(String mediaId, InputStream content) {
    List<String> names = below(MEDIA, mediaId);
    return copy(content, names.subList(0, names.size() - 1), names.get(names.size() - 1));
  }

  @Override
  public void putThumbnail(String mediaId, String name, InputStream content) {
    copy(content, below(THUMBNAILS, mediaId), MediaPath.checkedName(name));
  }

  @Override
  public boolean has(String mediaId) {
    List<String> names = below(MEDIA, mediaId);
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (OpenFolder root = OpenFolder.at(folder);
        OpenFolder parent = root.folder(names.subList(0, names.size() - 1)).orElse(null)) {
      return parent != null && parent.hasFile(names.get(names.size() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@inheritDoc} A missing folder (not mounted?) is an error, unlike an empty one. */
  @Override
  public boolean delete(String mediaId) {
    List<String> names = below(MEDIA, mediaId);
    List<String> ofThumbnails = below(THUMBNAILS, mediaId);
    try (OpenFolder root = opened()) {
      boolean deleted = deleteFile(root, names);
      deleteFolder(root, ofThumbnails);
      return deleted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OpenFolder opened() throws IOException {
    try {
      return OpenFolder.at(folder);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(folder.toString(), null, "there is no media folder");
    }
  }

  private static boolean deleteFile(OpenFolder root, List<String> names) throws IOException {
    try (OpenFolder parent = root.folder(names.subList(0, names.size() - 1)).orElse(null)) {
      return parent != null && parent.delete(names.get(names.size() - 1));
    }
  }

  private static void deleteFolder(OpenFolder root, List<String> names) throws IOException {
    String last = names.get(names.size() - 1);
    try (OpenFolder parent = root.folder(names.subList(0, names.size() - 1)).orElse(null)) {
      if (parent == null) {
        return;
      }
      Optional<OpenFolder> found = parent.folder(List.of(last));
      if (found.isPresent()) {
        try (OpenFolder emptied = found.get()) {
          for (String name : emptied.names()) {
            emptied.delete(name);
          }
        }
        parent.deleteFolder(last);
      }
    }
  }

  /** Writes the file under another name and renames it: readers see the whole file or none. */
  private long copy(InputStream content, List<String> parents, String name) {
    String aside = UUID.randomUUID().toString();
    try {
      Files.createDirectories(folder);
      try (OpenFolder root = OpenFolder.at(folder);
          OpenFolder incoming = root.madeFolder(INCOMING);
          OpenFolder parent = root.madeFolder(parents)) {
        try {
          long length = incoming.write(aside, content);
          incoming.move(aside, parent, name);
          return length;
        } finally {
          incoming.deleteFile(aside);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> below(String folder, String mediaId) {
    List<String> names = new ArrayList<>();
    names.add(folder);
    names.addAll(MediaPath.names(mediaId));
    return names;
  }
}
