package dev.bailiff.homeserver.snapshot;

import dev.bailiff.homeserver.media.MediaPath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The files of a snapshot. */
final class SnapshotFolder {

  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final Path records;

  SnapshotFolder(Path folder) {
    this.folder = folder;
    Path plain = folder.resolve("records.ndjson");
    Path packed = folder.resolve("records.ndjson.gz");
    if (Files.isRegularFile(plain)) {
      this.records = plain;
    } else if (Files.isRegularFile(packed)) {
      this.records = packed;
    } else {
      throw new SnapshotException(0, "no records.ndjson and no records.ndjson.gz in " + folder);
    }
  }

  /** The lines, and how much of the file was read for them. */
  Lines lines() throws IOException {
    Counting counting = new Counting(Files.newInputStream(records));
    InputStream bytes =
        records.toString().endsWith(".gz") ? new GZIPInputStream(counting, BUFFER) : counting;
    return new Lines(new LineReader(bytes), counting, Math.max(1, Files.size(records)));
  }

  /** The file of a medium, if the snapshot has it. */
  Optional<Path> media(String mediaId) {
    return Optional.of(MediaPath.of(folder.resolve("media"), mediaId)).filter(Files::isRegularFile);
  }

  /** The thumbnails of a medium. */
  List<Path> thumbnails(String mediaId) throws IOException {
    try (Stream<Path> files = Files.list(MediaPath.of(folder.resolve("thumbnails"), mediaId))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
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

  /** Counts the bytes of the file, packed or not. */
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
