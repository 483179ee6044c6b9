package dev.bailiff.standalone.stack;

import dev.bailiff.embedded.KafkaAccount;
import dev.bailiff.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code runtime.json} says: the addresses of everything {@code up} started, and what the next
 * start needs again.
 *
 * @param pid of the process that is up; null once it was stopped
 * @param pidStartedAt when that process began, as pids are given again; null if the system does not
 *     tell
 * @param url of the HTTP API; null until it serves
 * @param adminUrl of health and metrics; null until it serves
 * @param folderId which data folder the servers belong to; null where an older release wrote it
 */
public record RuntimeInfo(
    @Nullable Long pid,
    @Nullable Instant pidStartedAt,
    @Nullable String url,
    @Nullable String adminUrl,
    PostgresInfo postgres,
    KafkaInfo kafka,
    @Nullable UUID folderId) {
  /** Two clocks tell of the same start: the system counts in ticks of 10 ms from its own. */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  /**
   * The database.
   *
   * @param port kept for the next start; 0 before the first
   * @param url for JDBC
   * @param password of the superuser {@code user}; the folder opens with no other
   */
  public record PostgresInfo(int port, String url, String user, String password) {}

  /**
   * The broker; the ports are kept for the next start, 0 before the first.
   *
   * @param password of its one account {@code user}, which nobody connects without; both are null
   *     in what a release wrote that had none
   */
  public record KafkaInfo(
      int port,
      int controllerPort,
      String bootstrapServers,
      @Nullable String user,
      @Nullable String password) {

    /** Of a broker that was never started. */
    static KafkaInfo unknown() {
      return new KafkaInfo(0, 0, "", null, null);
    }

    /** The same, with an account in any case. */
    KafkaInfo withAccount() {
      if (user != null && password != null) {
        return this;
      }
      KafkaAccount made = KafkaAccount.of(Secret.random());
      return new KafkaInfo(port, controllerPort, bootstrapServers, made.user(), made.password());
    }

    /** The account, if it has one. */
    Optional<KafkaAccount> account() {
      return user == null || password == null
          ? Optional.empty()
          : Optional.of(new KafkaAccount(user, password));
    }

    /** Without the password, so that it may be logged. */
    @Override
    public String toString() {
      return "KafkaInfo[bootstrapServers=" + bootstrapServers + "]";
    }
  }

  /** Whether the process that wrote this is alive and has all of it serving. */
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

  /** The same as written by this process before anything serves. */
  RuntimeInfo ofThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return new RuntimeInfo(
        self.pid(),
        self.info().startInstant().orElse(null),
        null,
        null,
        postgres,
        kafka.withAccount(),
        folderId);
  }

  RuntimeInfo serving(String newUrl, String newAdminUrl) {
    return new RuntimeInfo(pid, pidStartedAt, newUrl, newAdminUrl, postgres, kafka, folderId);
  }

  RuntimeInfo withServers(PostgresInfo newPostgres, KafkaInfo newKafka) {
    return new RuntimeInfo(pid, pidStartedAt, url, adminUrl, newPostgres, newKafka, folderId);
  }

  RuntimeInfo stopped() {
    return new RuntimeInfo(null, null, null, null, postgres, kafka, folderId);
  }

  /** The same for the folder of this identity. */
  RuntimeInfo of(FolderIdentity identity) {
    return new RuntimeInfo(pid, pidStartedAt, url, adminUrl, postgres, kafka, identity.id());
  }

  /** The same for whatever database answers. */
  RuntimeInfo ofAnyFolder() {
    return new RuntimeInfo(pid, pidStartedAt, url, adminUrl, postgres, kafka, null);
  }

  /** The same, with ports to be chosen anew, and another account of the broker. */
  RuntimeInfo withoutPorts() {
    return withServers(
        new PostgresInfo(0, "", postgres.user(), postgres.password()),
        KafkaInfo.unknown().withAccount());
  }

  /** Without the password, so that it may be logged. */
  @Override
  public String toString() {
    return "RuntimeInfo[pid=" + pid + ", url=" + url + "]";
  }
}
