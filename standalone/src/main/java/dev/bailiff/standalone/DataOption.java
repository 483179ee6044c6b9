package dev.bailiff.standalone;

import dev.bailiff.standalone.stack.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data}, for commands that work on a data folder. */
final class DataOption {
  static final String DEFAULT = "data";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "The data folder (default: ${DEFAULT-VALUE} in the current folder).")
  private Path folder = Path.of(DEFAULT);

  DataFolder folder() {
    return DataFolder.at(folder);
  }
}
