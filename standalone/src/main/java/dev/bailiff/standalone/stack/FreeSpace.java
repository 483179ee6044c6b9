package dev.bailiff.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a full disk is the reason of a failure. */
final class FreeSpace {
  /** Bytes; PostgreSQL and Kafka allocate files in larger pieces. */
  private static final long TOO_LITTLE = 1L << 20;

  private FreeSpace() {}

  static boolean isUsedUp(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() < TOO_LITTLE;
    } catch (IOException e) {
      return false; // the log has to give the reason then
    }
  }
}
