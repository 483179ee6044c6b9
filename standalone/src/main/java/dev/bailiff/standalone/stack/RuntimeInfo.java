package dev.bailiff.standalone.stack;

import dev.bailiff.embedded.KafkaAccount;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.homeserver.store.StoreHomeserverFactory;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.homeserver.synapse.database.SynapseDatabaseConfig;
import dev.bailiff.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code runtime.json}: the addresses of everything {@code up} started, and the data
 * that the next start needs again.
 *
 * @param pid of the process that is up; null once it was stopped
 * @param pidStartedAt when that process began, because the system reuses pids; null if the system
 *     does not report it
 * @param url of the HTTP API; null until it serves
 * @param adminUrl of health and metrics; null until it serves
 * @param folderId the data folder that the servers belong to; null if an older release wrote the
 *     file
 * @param synapse the live homeserver that the jobs act on; null if that is Bailiff's own store
 */
public record RuntimeInfo(
    @Nullable Long pid,
    @Nullable Instant pidStartedAt,
    @Nullable String url,
    @Nullable String adminUrl,
    PostgresInfo postgres,
    KafkaInfo kafka,
    @Nullable UUID folderId,
    @Nullable SynapseInfo synapse) {
  /**
   * Two clocks report the same start differently: the system counts ticks of 10 ms by its own
   * clock.
   */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private static final String RUNTIME_USER = "bailiff_runtime";

  /**
   * The database.
   *
   * @param port kept for the next start; 0 before the first
   * @param url for JDBC
   * @param password of the superuser {@code user}, who owns the tables; the folder opens with no
   *     other
   * @param runtimeUser the role under which gateway and workers work; null if a release with one
   *     role wrote the file
   */
  public record PostgresInfo(
      int port,
      String url,
      String user,
      String password,
      @Nullable String runtimeUser,
      @Nullable String runtimePassword) {

    /** For a server with its superuser alone. */
    public PostgresInfo(int port, String url, String user, String password) {
      this(port, url, user, password, null, null);
    }

    /** The same data, with a role for gateway and workers if there is none yet. */
    PostgresInfo withRuntimeRole() {
      return runtimeUser != null && runtimePassword != null
          ? this
          : new PostgresInfo(port, url, user, password, RUNTIME_USER, Secret.random());
    }

    /** The same data of a server that serves now. */
    PostgresInfo servedAt(int newPort, String newUrl, String superuser) {
      return new PostgresInfo(newPort, newUrl, superuser, password, runtimeUser, runtimePassword);
    }

    /** Leaves out the passwords, so that the data may be logged. */
    @Override
    public String toString() {
      return "PostgresInfo[url=" + url + "]";
    }
  }

  /**
   * The broker; the ports are kept for the next start, 0 before the first.
   *
   * @param password of the only account {@code user}, without which nobody connects; both are null
   *     if a release without accounts wrote the file
   */
  public record KafkaInfo(
      int port,
      int controllerPort,
      String bootstrapServers,
      @Nullable String user,
      @Nullable String password) {

    /** For a broker that was never started. */
    static KafkaInfo unknown() {
      return new KafkaInfo(0, 0, "", null, null);
    }

    /** The same data, with a new account if there is no account yet. */
    KafkaInfo withAccount() {
      if (user != null && password != null) {
        return this;
      }
      KafkaAccount made = KafkaAccount.of(Secret.random());
      return new KafkaInfo(port, controllerPort, bootstrapServers, made.user(), made.password());
    }

    /** The account, if the data include one. */
    Optional<KafkaAccount> account() {
      return user == null || password == null
          ? Optional.empty()
          : Optional.of(new KafkaAccount(user, password));
    }

    /** Leaves out the password, so that the data may be logged. */
    @Override
    public String toString() {
      return "KafkaInfo[bootstrapServers=" + bootstrapServers + "]";
    }
  }

  /**
   * A running Synapse. Tokens are in files of the operator, and only their paths are kept.
   *
   * @param appserviceTokenFile null if no application service is used
   * @param database Synapse's own database, for purges of large rooms by direct SQL and for
   *     questions about files; null for neither
   */
  public record SynapseInfo(
      URI url,
      String adminTokenFile,
      @Nullable String appserviceTokenFile,
      @Nullable SynapseDatabaseInfo database) {

    /** The homeserver with its defaults. */
    public SynapseHomeserverFactory factory() {
      SynapseHomeserverFactory factory =
          SynapseHomeserverFactory.of(
              url,
              Path.of(adminTokenFile),
              appserviceTokenFile == null ? null : Path.of(appserviceTokenFile));
      return database == null ? factory : factory.withDatabase(database.config());
    }
  }

  /**
   * Synapse's own database.
   *
   * @param url for JDBC, without user and password
   * @param passwordFile null if the server asks for no password
   */
  public record SynapseDatabaseInfo(String url, String user, @Nullable String passwordFile) {
    private static final int FROM_EVENTS = 20_000;

    /** Purges that are on, one at a time, and questions about files. */
    SynapseDatabaseConfig config() {
      return SynapseDatabaseConfig.of(
              url,
              user,
              passwordFile == null ? null : Path.of(passwordFile),
              SynapseDatabaseConfig.Purge.of(FROM_EVENTS, 1))
          .withMedia();
    }
  }

  /** The homeserver that the jobs act on. */
  HomeserverFactory homeserver() {
    return synapse == null ? new StoreHomeserverFactory() : synapse.factory();
  }

  /** Whether the process that wrote this is alive and all its parts serve. */
  public boolean isUp() {
    return url != null && ownerAlive();
  }

  private boolean ownerAlive() {
    Optional<ProcessHandle> owner = Optional.ofNullable(pid).flatMap(ProcessHandle::of);
    Instant began = pidStartedAt;
    return owner
        .filter(
            process ->
                began == null
                    || process
                        .info()
                        .startInstant()
                        .map(start -> Duration.between(start, began).abs())
                        .map(apart -> apart.compareTo(SAME_START) <= 0)
                        .orElse(true))
        .isPresent();
  }

  /** The same data, as this process writes them before anything serves. */
  RuntimeInfo ofThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return new RuntimeInfo(
        self.pid(),
        self.info().startInstant().orElse(null),
        null,
        null,
        postgres.withRuntimeRole(),
        kafka.withAccount(),
        folderId,
        synapse);
  }

  RuntimeInfo serving(String newUrl, String newAdminUrl) {
    return new RuntimeInfo(
        pid, pidStartedAt, newUrl, newAdminUrl, postgres, kafka, folderId, synapse);
  }

  RuntimeInfo withServers(PostgresInfo newPostgres, KafkaInfo newKafka) {
    return new RuntimeInfo(
        pid, pidStartedAt, url, adminUrl, newPostgres, newKafka, folderId, synapse);
  }

  /** The same data for jobs on this homeserver; null: on Bailiff's own store. */
  RuntimeInfo actingOn(@Nullable SynapseInfo homeserver) {
    return new RuntimeInfo(pid, pidStartedAt, url, adminUrl, postgres, kafka, folderId, homeserver);
  }

  RuntimeInfo stopped() {
    return new RuntimeInfo(null, null, null, null, postgres, kafka, folderId, synapse);
  }

  /** The same data for the folder of this identity. */
  RuntimeInfo of(FolderIdentity identity) {
    return new RuntimeInfo(
        pid, pidStartedAt, url, adminUrl, postgres, kafka, identity.id(), synapse);
  }

  /** The same data without a folder, so that any database is accepted. */
  RuntimeInfo ofAnyFolder() {
    return new RuntimeInfo(pid, pidStartedAt, url, adminUrl, postgres, kafka, null, synapse);
  }

  /**
   * The same data without ports, so that new ones are chosen, and with a new account of the broker.
   */
  RuntimeInfo withoutPorts() {
    return withServers(
        postgres.servedAt(0, "", postgres.user()), KafkaInfo.unknown().withAccount());
  }

  /** Leaves out the password, so that the data may be logged. */
  @Override
  public String toString() {
    return "RuntimeInfo[pid=" + pid + ", url=" + url + "]";
  }
}
