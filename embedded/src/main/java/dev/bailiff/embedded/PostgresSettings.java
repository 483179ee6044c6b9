package dev.bailiff.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of an embedded PostgreSQL. The caller keeps port and password for the next start on
 * the same folder.
 *
 * @param folder holds {@code data}, the log and the lock; created if missing
 * @param binaries cache of the unpacked programs; may be shared by servers and processes
 * @param port of 127.0.0.1; 0 = the first start chooses a free port and keeps it while this
 *     object's server lives
 * @param password of the superuser {@code postgres}; must be the one the folder was created with
 * @param serverConfig settings of {@code postgresql.conf} by name, such as {@code shared_buffers} =
 *     {@code 256MB}
 */
public record PostgresSettings(
    Path folder, Path binaries, int port, String password, Map<String, String> serverConfig) {
  /**
   * The settings that a caller cannot change. For example, a server that answers other machines
   * would break the promise of the folder.
   */
  private static final Set<String> FIXED =
      Set.of("listen_addresses", "port", "unix_socket_directories", "data_directory", "hba_file");

  public PostgresSettings {
    if (password.isBlank() || password.contains("\n")) {
      throw new IllegalArgumentException("the password must be one line and not blank");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is out of range");
    }
    serverConfig = Map.copyOf(serverConfig);
    for (String name : serverConfig.keySet()) {
      if (!name.matches("[a-z][a-z0-9_.]*") || FIXED.contains(name)) {
        throw new IllegalArgumentException("the server setting " + name + " cannot be given");
      }
    }
  }

  /** Settings of a server in this folder at a free port, with its programs in {@code bin} below. */
  public static PostgresSettings in(Path folder, String password) {
    return new PostgresSettings(folder, folder.resolve("bin"), 0, password, Map.of());
  }

  public PostgresSettings withPort(int newPort) {
    return new PostgresSettings(folder, binaries, newPort, password, serverConfig);
  }

  public PostgresSettings withBinaries(Path newBinaries) {
    return new PostgresSettings(folder, newBinaries, port, password, serverConfig);
  }

  /** The same settings with one setting of {@code postgresql.conf} added or changed. */
  public PostgresSettings with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(serverConfig);
    changed.put(name, value);
    return new PostgresSettings(folder, binaries, port, password, changed);
  }

  /** Leaves out the password, so that settings may be logged. */
  @Override
  public String toString() {
    return "PostgresSettings[folder=" + folder + ", port=" + port + ", " + serverConfig + "]";
  }
}
