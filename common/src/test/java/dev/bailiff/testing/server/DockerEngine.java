package dev.bailiff.testing.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/**
 * Whether tests use containers: where Testcontainers is on the classpath, an engine answers and
 * nobody forbids it.
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

  /** Cheap to ask: a search for an engine that is not there takes seconds and logs errors. */
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

  /** Asked once for a JVM. */
  private static final class Answer {
    static final boolean YES = DockerClientFactory.instance().isDockerAvailable();
  }
}
