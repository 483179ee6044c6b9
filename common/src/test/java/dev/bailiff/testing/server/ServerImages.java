package dev.bailiff.testing.server;

/**
 * Images of the servers for tests in containers. They are those of {@code docker-compose.yml}; a
 * test checks that their versions are those of the embedded servers.
 */
public final class ServerImages {
  public static final String POSTGRES = "postgres:18";
  public static final String KAFKA = "apache/kafka:4.4.0";

  private ServerImages() {}
}
