package dev.bailiff.testing.homeserver;

import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.homeserver.store.snapshot.SnapshotImporter;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/**
 * The example community: a snapshot exported from a real Synapse, with 71 users, 23 rooms, 5,082
 * events, and a wave of spam from the accounts {@code @crypto-gain-NN}.
 */
public final class Community {
  public static final String SERVER = "chat.example";

  private static final MediaFiles NO_FILES =
      new MediaFiles() {
        @Override
        public long put(String mediaId, InputStream content) {
          try {
            return content.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }

        @Override
        public void putThumbnail(String mediaId, String name, InputStream content) {}

        @Override
        public boolean has(String mediaId) {
          return false;
        }

        @Override
        public boolean delete(String mediaId) {
          return false;
        }
      };

  private Community() {}

  /** A database of its own with the records of the community, without its media files. */
  public static PostgresExtension database() {
    return PostgresExtension.filled("community", Community::importInto);
  }

  /** The snapshot's folder in the working copy. */
  public static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("examples").resolve("community");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    throw new IllegalStateException("no examples/community above the working directory");
  }

  /** Imports the records, without the media files. */
  public static void importInto(Jdbi jdbi) {
    new SnapshotImporter(jdbi, NO_FILES).importFrom(folder(), null, progress -> {});
  }

  /** Imports everything, the media files into a folder. */
  public static void importInto(Jdbi jdbi, Path mediaFolder) {
    new SnapshotImporter(jdbi, new LocalMediaFiles(mediaFolder))
        .importFrom(folder(), null, progress -> {});
  }

  public static String user(String localpart) {
    return "@" + localpart + ":" + SERVER;
  }
}
