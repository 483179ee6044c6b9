package dev.bailiff.testing.server;

/**
 * Images of the servers for tests in containers: those of {@code docker-compose.yml}, which a test
 * holds to the versions that the embedded servers have.
 */
public final class ServerImages {
  public static final String POSTGRES = "postgres:18";
  public static final String KAFKA = "apache/kafka:4.4.0";

  private ServerImages() {}
}
