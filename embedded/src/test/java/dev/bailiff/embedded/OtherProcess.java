package dev.bailiff.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM that starts a server and then waits to be killed. */
final class OtherProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  private OtherProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static OtherProcess startingPostgresIn(Path folder, Path binaries, String password)
      throws IOException {
    return starting("postgres", folder.toString(), binaries.toString(), password);
  }

  static OtherProcess startingKafkaIn(Path folder) throws IOException {
    return starting("kafka", folder.toString());
  }

  private static OtherProcess starting(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("other-process", ".out");
    return new OtherProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  long pid() {
    return process.pid();
  }

  int awaitPort() {
    return await()
        .atMost(START_LIMIT)
        .until(
            () ->
                Files.readAllLines(output).stream()
                    .filter(line -> line.startsWith("port "))
                    .mapToInt(line -> Integer.parseInt(line.substring("port ".length())))
                    .findFirst()
                    .orElse(0),
            port -> port > 0);
  }

  /** Like {@code kill -9}: nothing in the process has a chance to clean up. */
  void kill() {
    process.destroyForcibly();
    await().atMost(START_LIMIT).until(() -> !process.isAlive());
  }

  @Override
  public void close() throws IOException {
    kill();
    Files.delete(output);
  }

  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args[1]);
    int port =
        args[0].equals("kafka")
            ? new EmbeddedKafkaServer(KafkaSettings.in(folder)).start().port()
            : new EmbeddedPostgresServer(
                    PostgresSettings.in(folder, args[3])
                        .withBinaries(Path.of(args[2]))
                        .with("fsync", "off"))
                .start()
                .port();
    System.out.println("port " + port);
    Thread.currentThread().join();
  }
}
