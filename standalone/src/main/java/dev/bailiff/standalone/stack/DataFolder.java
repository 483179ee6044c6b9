package dev.bailiff.standalone.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bailiff.embedded.DataFolderLock;
import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.FileFailure;
import dev.bailiff.embedded.PrivateAccess;
import dev.bailiff.secret.Secret;
import dev.bailiff.secret.TokenText;
import dev.bailiff.text.VisibleText;
import dev.bailiff.worker.webhook.WebhookSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * The folder of one Bailiff.
 *
 * <pre>
 * admin-token    the first admin token (mode 0600)
 * runtime.json   addresses, ports, the passwords of PostgreSQL and Kafka, where a live homeserver
 *                is and which files have the tokens for it (mode 0600)
 * identity.json  the folder's identity, and where the folder was when it got it (mode 0600)
 * database-mark  the number by which the folder recognises an older state of its database
 * webhooks.json  who is told of jobs, and which addresses may be called; people write it
 * lock           held by the process that is up
 * postgres/      the database
 * kafka/         the broker's logs
 * guard.yml      what is left alone, if somebody wrote it
 * media/         files of local media, and their thumbnails
 * bin/           PostgreSQL's programs, unpacked; may be deleted while nothing is up
 * bailiff.log    the log of the process that is up
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

  private static final Set<String> OWN =
      Set.of(
          "admin-token",
          "runtime.json",
          "identity.json",
          "database-mark",
          FolderWebhooks.FILE,
          "lock",
          "postgres",
          "kafka",
          "media",
          "bin");

  private static final Set<PosixFilePermission> PASSAGE =
      PosixFilePermissions.fromString("rwx--x--x");

  private final Path path;

  private DataFolder(Path path) {
    this.path = path;
  }

  /** The folder at a path. The folder need not exist; the path may be a link to it. */
  public static DataFolder at(Path path) {
    return new DataFolder(real(path.toAbsolutePath()));
  }

  public Path path() {
    return path;
  }

  /**
   * Makes the folder if it is missing, and closes its contents to everybody except its owner. Only
   * if PostgreSQL must run as another account may others pass through the folder, but not list it.
   *
   * @throws DataFolderException if the path cannot be a data folder; nothing is written then
   */
  public void create() {
    new FolderSurvey(path).require();
    try {
      if (!Files.isDirectory(path)) {
        Path parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        makeFolder(path);
      }
      if (EmbeddedPostgresServer.runsUnderAnotherAccount()) {
        Files.setPosixFilePermissions(path, PASSAGE);
      } else if (Files.getPosixFilePermissions(path).equals(PASSAGE)) {
        PrivateAccess.close(path); // an older release always opened the folder
      }
      for (Path own : List.of(media(), kafka(), postgres(), binaries())) {
        if (!Files.isDirectory(own)) {
          makeFolder(own);
        }
      }
      closeContents();
    } catch (IOException e) {
      throw new DataFolderException(
          "cannot make the data folder " + VisibleText.of(path + ": " + FileFailure.inWords(e)), e);
    }
  }

  /**
   * Another start may make the same folder at the same moment; the lock chooses one of them later.
   */
  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PrivateAccess.forFolder());
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /**
   * Closes the entries that an older release, or a copy, left open. Nobody else can then reach the
   * files below them.
   */
  private void closeContents() throws IOException {
    try (DirectoryStream<Path> contents = Files.newDirectoryStream(path)) {
      for (Path content : contents) {
        if (isOurs(content)) {
          closeIfThere(content);
        }
      }
    }
  }

  /** Whether Bailiff made an entry of the folder: a mount may have others beside them. */
  static boolean isOurs(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return OWN.contains(name) || name.startsWith("bailiff.log") || name.endsWith(".part");
  }

  private static void closeIfThere(Path content) throws IOException {
    try {
      PrivateAccess.close(content);
    } catch (NoSuchFileException e) {
      // the file was written under another name, and is renamed by now
    }
  }

  /** Locks the folder for this process. */
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

  /**
   * The settings of webhooks; the usual ones if the folder has no file of them.
   *
   * @throws DataFolderException if the file cannot be used
   */
  WebhookSettings webhooks() {
    return new PrivateFile(path.resolve(FolderWebhooks.FILE))
        .read()
        .map(FolderWebhooks::parse)
        .orElse(WebhookSettings.DEFAULT);
  }

  /** The admin token; empty if the folder has none yet. */
  public Optional<String> adminToken() {
    return adminTokenFile().read().map(String::strip);
  }

  /**
   * The runtime information that the running or last process wrote. In a copied folder, that
   * process belongs to the original folder: the information then says that nothing is up here.
   */
  public Optional<RuntimeInfo> runtime() {
    return runtimeFile()
        .read()
        .map(this::parse)
        .map(info -> identityFile().isOfThisPlace(isAtFirstPlace()) ? info : info.stopped());
  }

  /**
   * The folder's identity, after its files were adapted: a copy forgets the ports that were chosen
   * for the original. The caller holds the lock.
   */
  FolderIdentity requireIdentity() {
    return identityFile()
        .settle(
            isAtFirstPlace() ? FolderArrival.MADE : FolderArrival.COPIED,
            arrival -> {
              if (arrival == FolderArrival.COPIED) {
                // workers of the original still look for it at these ports
                runtimeFile()
                    .read()
                    .map(this::parse)
                    .ifPresent(i -> write(i.withoutPorts().stopped()));
              }
            });
  }

  /** The folder's identity; empty before its first start. */
  public Optional<FolderIdentity> identity() {
    return identityFile().read();
  }

  /** A new identity for a folder whose database came from elsewhere. */
  FolderIdentity renewIdentity(FolderIdentity known) {
    return identityFile().renew(known);
  }

  /** The mark that folder and database share. */
  DatabaseMark mark(Jdbi jdbi) {
    return new DatabaseMark(new PrivateFile(path.resolve("database-mark")), jdbi);
  }

  /** Deletes the file of a token that is not valid any more; the next start makes another token. */
  public void forgetAdminToken() {
    adminTokenFile().delete();
  }

  /** The admin token, made first if the folder has none. */
  String requireAdminToken() {
    return adminToken()
        .orElseGet(
            () -> {
              String token = TokenText.random();
              adminTokenFile().write(token + "\n");
              return token;
            });
  }

  /**
   * The runtime information of the last start, or initial values for the first. It is written
   * before the servers are made, so that a kill in between loses no password.
   */
  RuntimeInfo requireRuntime() {
    FolderIdentity identity = requireIdentity(); // first, as it may change the file
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
                        RuntimeInfo.KafkaInfo.unknown(),
                        null,
                        null));
    RuntimeInfo mine = last.ofThisProcess().of(identity);
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

  /**
   * Whether the folder is where it was made. Older releases wrote no identity, but the path of the
   * media: if a folder of theirs is copied, that path still names the original.
   */
  private boolean isAtFirstPlace() {
    return runtimeFile()
        .read()
        .map(
            text -> {
              try {
                String written = JSON.readTree(text).path("media_folder").asText("");
                return written.isEmpty() || Files.isSameFile(Path.of(written), media());
              } catch (JsonProcessingException e) {
                return true; // parse() reports the error
              } catch (IOException e) {
                return false; // the original folder is gone
              }
            })
        .orElse(true);
  }

  /** The path without links, even if its end does not exist yet. */
  private static Path real(Path absolute) {
    try {
      return absolute.toRealPath();
    } catch (IOException e) {
      Path parent = absolute.getParent();
      Path name = absolute.getFileName();
      return parent == null || name == null || Files.isSymbolicLink(absolute)
          ? absolute.normalize()
          : real(parent).resolve(name).normalize();
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

  private IdentityFile identityFile() {
    return new IdentityFile(path, JSON, Clock.systemUTC());
  }

  private PrivateFile runtimeFile() {
    return new PrivateFile(path.resolve("runtime.json"));
  }

  private PrivateFile adminTokenFile() {
    return new PrivateFile(path.resolve("admin-token"));
  }
}
