package dev.bailiff.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * The settings of an {@link EmbeddedSynapse}.
 *
 * @param folder for the configuration, the signing key, media and logs
 * @param environment for the Python environment, which several servers may share
 * @param interpreter the Python that makes the environment, such as {@code python3}
 * @param serverName the part of ids behind the colon
 * @param database where Synapse keeps its data
 * @param limits how much Synapse lets a user do
 * @param registrations files that register application services
 */
public record SynapseSettings(
    Path folder,
    Path environment,
    String interpreter,
    String serverName,
    SynapseDatabase database,
    SynapseLimits limits,
    List<Path> registrations) {

  public SynapseSettings {
    registrations = List.copyOf(registrations);
    if (!serverName.matches("[A-Za-z0-9.:-]+")) {
      throw new IllegalArgumentException(serverName + " is no server name");
    }
  }

  /** Settings of a Synapse that throttles nobody and knows no application service. */
  public static SynapseSettings in(
      Path folder, Path environment, String serverName, SynapseDatabase database) {
    return new SynapseSettings(
        folder, environment, "python3", serverName, database, SynapseLimits.NONE, List.of());
  }

  public SynapseSettings withInterpreter(String newInterpreter) {
    return new SynapseSettings(
        folder, environment, newInterpreter, serverName, database, limits, registrations);
  }

  public SynapseSettings withLimits(SynapseLimits newLimits) {
    return new SynapseSettings(
        folder, environment, interpreter, serverName, database, newLimits, registrations);
  }

  /** The same settings with application services. */
  public SynapseSettings withRegistrations(List<Path> files) {
    return new SynapseSettings(
        folder, environment, interpreter, serverName, database, limits, files);
  }
}
