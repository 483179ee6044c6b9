package dev.bailiff.standalone.stack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.bailiff.embedded.FileFailure;
import dev.bailiff.guard.GuardConfig;
import dev.bailiff.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code guard.yml} in a data folder, which people write: the block {@code guard} of the gateway
 * and of all workers of the folder. Without it nothing is protected by its id.
 */
final class GuardFile {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private GuardFile() {}

  /**
   * Reads the file.
   *
   * @throws DataFolderException if it cannot be read: to start without it would do what it forbids
   */
  static GuardConfig read(DataFolder folder) {
    Path file = folder.path().resolve("guard.yml");
    if (!Files.exists(file)) {
      return GuardConfig.DEFAULT;
    }
    try {
      GuardConfig config = YAML.readValue(file.toFile(), GuardConfig.class);
      return config == null ? GuardConfig.DEFAULT : config;
    } catch (JacksonException e) {
      throw new DataFolderException(
          VisibleText.of(file.toString())
              + " is no block of guard rails: "
              + VisibleText.of(e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new DataFolderException(
          VisibleText.of(file.toString()) + " cannot be read: " + FileFailure.inWords(e), e);
    }
  }
}
