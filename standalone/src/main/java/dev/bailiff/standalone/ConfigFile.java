package dev.bailiff.standalone;

import dev.bailiff.gateway.GatewayConfig;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.UndefinedEnvironmentVariableException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file named by {@code --config}. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * The path of a readable file. Dropwizard itself would report a missing file as a stack trace.
   */
  static String existing(Path file) {
    if (!Files.isReadable(file)) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "the file "
              + file
              + " cannot be read: "
              + (Files.exists(file) ? "this account has no right to it" : "it does not exist"));
    }
    return file.toString();
  }

  /** The settings of a gateway, for commands that work on its database. */
  static GatewayConfig gateway(Path file) {
    String path = existing(file);
    try {
      return new YamlConfigurationFactory<>(
              GatewayConfig.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
          .build(
              new SubstitutingSourceProvider(
                  new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true)),
              path);
    } catch (ConfigurationException | IOException | UndefinedEnvironmentVariableException e) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "the file "
              + file
              + " cannot be used: "
              + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " "));
    }
  }
}
