package dev.bailiff.testing.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/**
 * Decides whether tests use containers: Testcontainers must be on the classpath, an engine must
 * answer and containers must not be forbidden.
 */
final class DockerEngine {
  private DockerEngine() {}

  static boolean answers() {
    return !embeddedForced() && likely() && Answer.YES;
  }

  private static boolean embeddedForced() {
    return Boolean.getBoolean("bailiff.test.embedded")
        || Boolean.parseBoolean(System.getenv("BAILIFF_TEST_EMBEDDED"));
  }

  /** A cheap check first, as a search for a missing engine takes seconds and logs errors. */
  private static boolean likely() {
    boolean present =
        DockerEngine.class
                .getClassLoader()
                .getResource("org/testcontainers/DockerClientFactory.class")
            != null;
    return present
        && (System.getenv("DOCKER_HOST") != null
            || Files.exists(Path.of("/var/run/docker.sock"))
            || Files.exists(
                Path.of(System.getProperty("user.home"), ".testcontainers.properties")));
  }

  /** Holds the answer, so that the engine is asked once in a JVM. */
  private static final class Answer {
    static final boolean YES = DockerClientFactory.instance().isDockerAvailable();
  }
}
