package dev.bailiff.standalone;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file named by {@code --config}. */
final class ConfigFile {
  private ConfigFile() {}

  /** The path, for Dropwizard, whose own message for a missing file is a stack trace. */
  static String existing(Path file) {
    if (!Files.isReadable(file)) {
      throw new CommandException(ExitCode.WRONG_USAGE, "the file " + file + " cannot be read");
    }
    return file.toString();
  }
}
