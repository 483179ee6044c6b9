package dev.bailiff.worker;

import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.guard.GuardConfig;
import dev.bailiff.homeserver.HomeserverContext;
import dev.bailiff.homeserver.IdentityConfig;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.worker.maintain.RetentionConfig;
import dev.bailiff.worker.webhook.WebhookSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a worker needs to run.
 *
 * @param retention how long ended jobs are kept
 * @param mediaFolder null: the worker does not subscribe to kinds that need the folder
 * @param name names this worker in leases and logs; unique among workers
 * @param guard what jobs leave alone
 * @param webhooks which addresses may be called, and who is told in words
 */
public record WorkerSettings(
    DatabaseConfig database,
    KafkaConfig kafka,
    SlotsConfig slots,
    LeaseConfig leases,
    RetentionConfig retention,
    @Nullable String mediaFolder,
    String name,
    GuardConfig guard,
    WebhookSettings webhooks) {

  /**
   * Settings of a worker that protects nothing by its id, calls public addresses alone and tells
   * nobody in words.
   */
  public WorkerSettings(
      DatabaseConfig database,
      KafkaConfig kafka,
      SlotsConfig slots,
      LeaseConfig leases,
      RetentionConfig retention,
      @Nullable String mediaFolder,
      String name) {
    this(
        database,
        kafka,
        slots,
        leases,
        retention,
        mediaFolder,
        name,
        GuardConfig.DEFAULT,
        WebhookSettings.DEFAULT);
  }

  /** The context from which the worker's homeserver is built. */
  public HomeserverContext homeserverContext(Jdbi jdbi, IdentityConfig identity) {
    return new HomeserverContext(
        jdbi,
        leases.statementTimeout(),
        mediaFolder == null ? null : Path.of(mediaFolder),
        identity);
  }

  /** The default name: host name and process id. */
  public static String defaultName() {
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + ProcessHandle.current().pid();
    } catch (UnknownHostException e) {
      return "worker-" + ProcessHandle.current().pid();
    }
  }
}
