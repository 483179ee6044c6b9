package dev.bailiff.benchmark.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.job.JobKind;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.standalone.Bailiff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Processes of {@code bailiff worker --config}, each with 256 MiB of heap. */
public final class WorkerProcesses implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long STOP_SECONDS = 15;

  private static final List<String> OPTIONS =
      List.of("-Xms64m", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

  private final Path folder;
  private final DatabaseConfig database;
  private final KafkaConfig kafka;
  private final Slots slots;
  private final SortedMap<String, Process> processes = new TreeMap<>();

  /**
   * The block {@code slots} of the settings.
   *
   * @param kind of the jobs
   * @param others slots of all other kinds
   */
  public record Slots(JobKind kind, int others) {
    private Map<String, Object> yaml() {
      return Map.of("express", 1, "others", others, "kinds", Map.of(kind.name(), 1));
    }
  }

  /**
   * Prepares the processes; none is started yet.
   *
   * @param folder for the settings of the processes
   */
  public WorkerProcesses(Path folder, DatabaseConfig database, KafkaConfig kafka, Slots slots) {
    this.folder = folder;
    this.database = database;
    this.kafka = kafka;
    this.slots = slots;
  }

  /** Starts or stops processes, and returns when {@code count} workers have joined. */
  public void resize(int count) throws IOException, InterruptedException {
    while (processes.size() > count) {
      stop(Objects.requireNonNull(processes.remove(processes.lastKey())));
    }
    while (processes.size() < count) {
      String name = freeName();
      processes.put(name, start(name));
    }
    ShareGroups.awaitMembers(
        kafka,
        Map.of(kafka.topics().expressGroup(), count, kafka.topics().group(slots.kind()), count));
  }

  /**
   * Starts one more process and returns when it has joined. Kafka counts killed processes among the
   * members until their sessions end.
   */
  public void startAnother() throws IOException, InterruptedException {
    var before =
        ShareGroups.members(
            kafka, Set.of(kafka.topics().expressGroup(), kafka.topics().group(slots.kind())));
    String name = freeName();
    processes.put(name, start(name));
    ShareGroups.awaitAnother(kafka, before);
  }

  public int count() {
    return processes.size();
  }

  /** The first name that no process has. */
  private String freeName() {
    return IntStream.iterate(0, n -> n + 1)
        .mapToObj(n -> "bench-process-" + n)
        .filter(name -> !processes.containsKey(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Kills a process by {@code kill -9} and returns when it is gone.
   *
   * @param name of the worker, as in its leases
   */
  public void kill(String name) throws InterruptedException {
    Process killed = Objects.requireNonNull(processes.remove(name), name);
    killed.destroyForcibly().waitFor();
  }

  /** Whether all processes still run. */
  public boolean areAlive() {
    return processes.values().stream().allMatch(Process::isAlive);
  }

  private Process start(String name) throws IOException {
    Path settings = folder.resolve(name + ".yml");
    MAPPER.writeValue(settings.toFile(), settings(name)); // JSON is YAML
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Bailiff.class.getName(),
            "worker",
            "--config",
            settings.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(folder.resolve(name + ".log").toFile())
        .start();
  }

  private Map<String, Object> settings(String name) {
    return Map.of(
        "name",
        name,
        "database",
        Map.of("url", database.url(), "user", database.user(), "password", database.password()),
        "kafka",
        Map.of(
            "bootstrapServers",
            kafka.client(Map.of()).getOrDefault("bootstrap.servers", ""),
            "topicPrefix",
            kafka.topics().prefix(),
            "groupSettings",
            kafka.groupSettings()),
        "slots",
        slots.yaml(),
        "server",
        Map.of(
            "applicationConnectors",
            List.of(),
            "adminConnectors",
            List.of(Map.of("type", "http", "bindHost", "127.0.0.1", "port", 0))),
        "logging",
        Map.of("level", "WARN"));
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroy);
    processes.values().forEach(WorkerProcesses::stop);
    processes.clear();
  }
}
