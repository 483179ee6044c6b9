package dev.bailiff.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of a folder's server: one file for the last start, and one for the start before. */
final class PostgresLog {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresLog.class);
  private static final String FATAL = "FATAL:";

  private final Path file;

  PostgresLog(Path folder) {
    this.file = folder.resolve("postgres.log");
  }

  Path file() {
    return file;
  }

  /** Keeps the log of this start and of the one before. */
  void rotate() {
    try {
      if (Files.exists(file)) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot move " + file + ": " + FileFailure.inWords(e), e);
    }
  }

  /**
   * The server's last FATAL message if the log has one, else the last line of the start command.
   */
  String reason(String commandOutput) {
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      for (int i = lines.size() - 1; i >= 0; i--) {
        int at = lines.get(i).indexOf(FATAL);
        if (at >= 0) {
          return lines.get(i).substring(at + FATAL.length()).strip() + " (see " + file + ")";
        }
      }
    } catch (IOException e) {
      LOG.debug("the log cannot be read", e);
    }
    return NativeCommand.lastLine(commandOutput) + " (see " + file + ")";
  }
}
