package dev.bailiff.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a full disk is why something failed there. */
final class FreeSpace {
  /** Bytes; PostgreSQL and Kafka write files in larger pieces than this. */
  private static final long TOO_LITTLE = 1L << 20;

  private FreeSpace() {}

  static boolean isUsedUp(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() < TOO_LITTLE;
    } catch (IOException e) {
      return false; // then the log has to say why
    }
  }
}
