package dev.bailiff.worker;

import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.KafkaConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to run.
 *
 * @param retention how long ended jobs are kept
 * @param mediaFolder null: kinds that need it are not subscribed
 * @param name names this worker in leases and logs; unique among workers
 */
public record WorkerSettings(
    DatabaseConfig database,
    KafkaConfig kafka,
    SlotsConfig slots,
    LeaseConfig leases,
    Duration retention,
    @Nullable String mediaFolder,
    String name) {

  /** Host and process. */
  public static String defaultName() {
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + ProcessHandle.current().pid();
    } catch (UnknownHostException e) {
      return "worker-" + ProcessHandle.current().pid();
    }
  }
}
