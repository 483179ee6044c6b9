package dev.bailiff.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Our part of PostgreSQL's configuration: written before each start, included by {@code
 * postgresql.conf}.
 */
final class PostgresConfigFile {
  static final String NAME = "bailiff.conf";

  private final Map<String, String> config = new TreeMap<>();

  PostgresConfigFile(PostgresSettings settings, int port) {
    config.put("fsync", "on");
    config.put("synchronous_commit", "on");
    config.put("shared_buffers", "256MB");
    config.put("max_connections", "100");
    config.put("log_checkpoints", "off");
    config.putAll(settings.serverConfig());
    config.put("listen_addresses", "127.0.0.1");
    config.put("port", Integer.toString(port));
    config.put("unix_socket_directories", "");
  }

  void write(Path data) {
    StringBuilder text = new StringBuilder("# written at each start\n");
    config.forEach(
        (name, value) -> text.append(name).append(" = '").append(escaped(value)).append("'\n"));
    Path file = data.resolve(NAME);
    try {
      PrivateAccess.write(file, text.toString());
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot write " + file + ": " + FileFailure.inWords(e), e);
    }
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("'", "''");
  }
}
