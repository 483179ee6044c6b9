package dev.bailiff.homeserver.store.snapshot;

import dev.bailiff.file.LinkException;
import dev.bailiff.file.OpenFolder;
import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.homeserver.store.media.MediaPath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * The files of a snapshot. The folder may be a symbolic link, and so may {@code media} in it, as
 * media are big. No other link is followed, so that everything copied from a snapshot is part of
 * it.
 */
final class SnapshotFolder {

  private static final int BUFFER = 1 << 16;
  private static final List<String> RECORDS = List.of("records.ndjson", "records.ndjson.gz");

  private final Path folder;
  private final String records;

  SnapshotFolder(Path folder) throws IOException {
    this.folder = folder;
    this.records = recordsIn(folder);
  }

  /** The lines of the records file, with a counter of the bytes read so far. */
  Lines lines() throws IOException {
    try (OpenFolder opened = OpenFolder.at(folder)) {
      long size = opened.look(records).map(BasicFileAttributes::size).orElse(0L);
      Counting counting = new Counting(opened.read(records));
      InputStream bytes =
          records.endsWith(".gz") ? new GZIPInputStream(counting, BUFFER) : counting;
      return new Lines(new LineReader(bytes), counting, Math.max(1, size));
    }
  }

  /**
   * Copies the file of a media item and its thumbnails.
   *
   * @return the length of the file; empty if the snapshot does not have it, and nothing was copied
   */
  OptionalLong copyMedia(String mediaId, MediaFiles to) throws IOException {
    long length;
    try (InputStream file = media(mediaId).orElse(null)) {
      if (file == null) {
        return OptionalLong.empty();
      }
      length = to.put(mediaId, file);
    }
    try (OpenFolder thumbnails = thumbnails(mediaId).orElse(null)) {
      if (thumbnails != null) {
        copyThumbnails(mediaId, thumbnails, to);
      }
    }
    return OptionalLong.of(length);
  }

  private static void copyThumbnails(String mediaId, OpenFolder thumbnails, MediaFiles to)
      throws IOException {
    for (String name : thumbnails.names()) {
      if (thumbnails.hasFile(name)) {
        try (InputStream thumbnail = thumbnails.read(name)) {
          to.putThumbnail(mediaId, name, thumbnail);
        }
      }
    }
  }

  /** The file of a media item, if the snapshot has it. */
  private Optional<InputStream> media(String mediaId) throws IOException {
    List<String> names = MediaPath.names(mediaId);
    String name = names.get(names.size() - 1);
    Path media = folder.resolve("media");
    if (!Files.isDirectory(media)) {
      return Optional.empty();
    }
    try (OpenFolder root = OpenFolder.at(media);
        OpenFolder parent = root.folder(names.subList(0, names.size() - 1)).orElse(null)) {
      return parent != null && parent.hasFile(name)
          ? Optional.of(parent.read(name))
          : Optional.empty();
    } catch (LinkException e) {
      return Optional.empty();
    }
  }

  /** The folder of a media item's thumbnails, if it has any. */
  private Optional<OpenFolder> thumbnails(String mediaId) throws IOException {
    List<String> names = new ArrayList<>(List.of("thumbnails"));
    names.addAll(MediaPath.names(mediaId));
    try (OpenFolder root = OpenFolder.at(folder)) {
      return root.folder(names);
    } catch (LinkException e) {
      return Optional.empty();
    }
  }

  private static String recordsIn(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (OpenFolder opened = OpenFolder.at(folder)) {
        for (String name : RECORDS) {
          if (opened.hasFile(name)) {
            return name;
          }
          if (opened.look(name).filter(BasicFileAttributes::isSymbolicLink).isPresent()) {
            throw new SnapshotException(
                0, name + " in " + folder + " is a link, which is not followed: copy the file");
          }
        }
      }
    }
    throw new SnapshotException(0, "no records.ndjson and no records.ndjson.gz in " + folder);
  }

  /** The lines of the records file. */
  record Lines(LineReader reader, Counting counting, long size) implements AutoCloseable {

    double fraction() {
      return Math.min(1, (double) counting.count / size);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** Counts the bytes read from the file, before any unpacking. */
  static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
