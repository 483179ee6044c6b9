package dev.bailiff.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.standalone.client.ApiAddress;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** Runs {@code bailiff} commands as separate processes on one data folder. */
final class RunningBailiff {
  static final Duration START_LIMIT = Duration.ofSeconds(90);
  static final Path COMMUNITY = Community.folder();

  private final Path folder;
  private final Path seen;
  private final List<String> by;

  RunningBailiff(Path folder) {
    this(folder, folder, List.of());
  }

  private RunningBailiff(Path folder, Path seen, List<String> by) {
    this.folder = folder;
    this.seen = seen;
    this.by = by;
  }

  /** A Bailiff whose data folder is on a small disk of its own. */
  static RunningBailiff on(SmallDisk disk, Path folder) {
    return new RunningBailiff(folder, disk.fromOutside(), disk.inside());
  }

  /** Runs any command, with {@code --data} at its end. */
  ChildProcess run(Object... arguments) {
    return runIn("en", arguments);
  }

  /** Runs any command in the JVM's locale of this language tag. */
  ChildProcess runIn(String languageTag, Object... arguments) {
    Locale locale = Locale.forLanguageTag(languageTag);
    return ChildProcess.java(Bailiff.class)
        .jvmOption("-Xmx512m")
        .jvmOption("-Duser.language=" + locale.getLanguage())
        .jvmOption("-Duser.country=" + locale.getCountry())
        .jvmOption("-Duser.extensions=" + Objects.toString(locale.getExtension('u'), ""))
        .args(arguments)
        .args("--data", folder)
        .by(by)
        .start();
  }

  /** Starts {@code up} on a free port and waits until it serves. */
  ChildProcess up(int workers) {
    return upIn("en", workers);
  }

  /** Starts {@code up} in the JVM's locale of this language tag and waits until it serves. */
  ChildProcess upIn(String languageTag, int workers) {
    ChildProcess up =
        runIn(languageTag, "up", "--port", 0, "--workers", workers, "--approvals", "off");
    up.awaitLine("ready http://127.0.0.1:", START_LIMIT);
    return up;
  }

  /** Starts {@code up} by the launcher, with a heap of this size; the process may end early. */
  ChildProcess upWithHeap(String size) {
    var launcher = Path.of("..", "bailiff-jvm").toAbsolutePath().toString();
    return ChildProcess.java(Bailiff.class)
        .jvmOption("-Xmx" + size)
        .args("up", "--port", 0, "--workers", 1, "--approvals", "off", "--data", folder)
        .by(List.of(launcher))
        .start();
  }

  DataFolder dataFolder() {
    return DataFolder.at(seen);
  }

  ApiClient client() {
    if (seen.equals(folder)) {
      String url = dataFolder().runtime().orElseThrow().url();
      return new ApiClient(
          new ApiAddress(URI.create(url), dataFolder().adminToken().orElseThrow()));
    }
    return new ApiClient(
        new ApiAddress(
            URI.create(runtimeFile().path("url").textValue()), read("admin-token").strip()));
  }

  /**
   * Names the homeserver as an import does, but in no time: without the name no job is accepted.
   */
  void nameTheServer(String name) {
    new ServerName(jdbi()).set(name);
  }

  /** The database of what is up. */
  Jdbi jdbi() {
    var postgres = runtimeFile().path("postgres");
    var source = new PGSimpleDataSource();
    source.setUrl(postgres.path("url").textValue());
    source.setUser(postgres.path("user").textValue());
    source.setPassword(postgres.path("password").textValue());
    return Database.jdbi(source);
  }

  /** The port of the database, which is kept from start to start. */
  int postgresPort() {
    return runtimeFile().at("/postgres/port").intValue();
  }

  private JsonNode runtimeFile() {
    try {
      return new ObjectMapper().readTree(read("runtime.json"));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads by the plain name: the real path on a small disk would be the folder below that disk. */
  private String read(String name) {
    try {
      return Files.readString(seen.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JobRequests calls() {
    return new JobRequests(client());
  }
}
