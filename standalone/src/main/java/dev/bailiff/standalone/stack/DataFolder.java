package dev.bailiff.standalone.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bailiff.embedded.DataFolderLock;
import dev.bailiff.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder of one Bailiff.
 *
 * <pre>
 * admin-token    the first admin token (mode 0600)
 * runtime.json   addresses, ports, the password of PostgreSQL (mode 0600)
 * lock           held by the process that is up
 * postgres/      the database
 * kafka/         the broker's logs
 * media/         files of local media, and their thumbnails
 * bin/           PostgreSQL's programs, unpacked; may be deleted while nothing is up
 * bailiff.log    what is up writes here
 * </pre>
 */
public final class DataFolder {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path path;

  private DataFolder(Path path) {
    this.path = path;
  }

  /** The folder, which need not exist. */
  public static DataFolder at(Path path) {
    return new DataFolder(path.toAbsolutePath().normalize());
  }

  public Path path() {
    return path;
  }

  /**
   * Makes the folder if it is missing. Others may pass through, as PostgreSQL may run as another
   * user, but not look.
   */
  public void create() {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      }
      for (Path own : new Path[] {media(), kafka()}) {
        if (!Files.isDirectory(own)) {
          Files.createDirectory(
              own,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the data folder " + path, e);
    }
  }

  /** Takes the folder for this process. */
  public DataFolderLock lock() {
    return DataFolderLock.acquire(path);
  }

  public Path postgres() {
    return path.resolve("postgres");
  }

  public Path kafka() {
    return path.resolve("kafka");
  }

  public Path media() {
    return path.resolve("media");
  }

  public Path binaries() {
    return path.resolve("bin");
  }

  public Path log() {
    return path.resolve("bailiff.log");
  }

  /** The admin token, if the folder has one yet. */
  public Optional<String> adminToken() {
    return adminTokenFile().read().map(String::strip);
  }

  /** What was last written by the process that is or was up. */
  public Optional<RuntimeInfo> runtime() {
    return runtimeFile().read().map(this::parse);
  }

  /** Deletes the file of a token that is not valid any more; the next start makes another one. */
  public void forgetAdminToken() {
    adminTokenFile().delete();
  }

  /** The admin token, made first if the folder has none. */
  String requireAdminToken() {
    return adminToken()
        .orElseGet(
            () -> {
              String token = Secret.random();
              adminTokenFile().write(token + "\n");
              return token;
            });
  }

  /**
   * What is known of the last start, or what a first one begins with. Written before the servers
   * are made, so that a kill in between loses no password.
   */
  RuntimeInfo requireRuntime() {
    RuntimeInfo last =
        runtime()
            .orElseGet(
                () ->
                    new RuntimeInfo(
                        null,
                        null,
                        null,
                        null,
                        new RuntimeInfo.PostgresInfo(0, "", "", Secret.random()),
                        new RuntimeInfo.KafkaInfo(0, 0, ""),
                        media().toString()));
    RuntimeInfo mine = last.ofThisProcess();
    write(mine);
    return mine;
  }

  void write(RuntimeInfo info) {
    try {
      runtimeFile().write(JSON.writeValueAsString(info) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private RuntimeInfo parse(String text) {
    try {
      return JSON.readValue(text, RuntimeInfo.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          runtimeFile() + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private PrivateFile runtimeFile() {
    return new PrivateFile(path.resolve("runtime.json"));
  }

  private PrivateFile adminTokenFile() {
    return new PrivateFile(path.resolve("admin-token"));
  }
}
