package dev.bailiff.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * The disk for files that live no longer than a test run. If there is plenty of shared memory the
 * files are in memory, as tests make and delete files by the thousand.
 */
public final class TestDisk implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long PLENTY_BYTES = 8L << 30;

  private static final Path FOLDER =
      isPlenty() ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));

  /** A folder on this disk that belongs to this user. */
  static Path folder(String name) {
    return FOLDER.resolve("bailiff-" + name + "-" + System.getProperty("user.name"));
  }

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
      throws IOException {
    return Files.createTempDirectory(FOLDER, "junit-");
  }

  private static boolean isPlenty() {
    try {
      return Files.isWritable(MEMORY)
          && Files.getFileStore(MEMORY).type().equals("tmpfs")
          && Files.getFileStore(MEMORY).getUsableSpace() >= PLENTY_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
