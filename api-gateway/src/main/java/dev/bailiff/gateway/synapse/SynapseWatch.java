package dev.bailiff.gateway.synapse;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.api.ServerCalls;
import dev.bailiff.homeserver.synapse.api.TestedVersions;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether Synapse answers and takes the service account, whether it is still the same one,
 * and whether its version was tested, every {@link #PERIOD}, so that a health check waits for
 * nobody.
 */
final class SynapseWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SynapseWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final long OLD = Duration.ofSeconds(20).toNanos();

  private final SynapseClient client;
  private final ServerCalls server;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("synapse-watch"));

  /**
   * The last look.
   *
   * @param problem empty if all is well
   * @param at {@code System.nanoTime()}
   */
  private record Look(boolean answers, Optional<String> problem, long at) {}

  private volatile Look last;

  /** The version at the last look; empty before the first. */
  private String seen = "";

  SynapseWatch(SynapseClient client, ServerCalls server) {
    this.client = client;
    this.server = server;
    this.last = new Look(true, Optional.empty(), System.nanoTime());
  }

  void start() {
    thread.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One look; only one thread looks. */
  void look() {
    Look look;
    try {
      warnOf(server.version());
      look = new Look(true, refusal(), System.nanoTime());
    } catch (RuntimeException e) {
      look = new Look(false, Optional.of("Synapse does not answer"), System.nanoTime());
    }
    last = look;
  }

  /** Once for each version: Synapse may be upgraded while this runs. */
  private void warnOf(String version) {
    if (!version.equals(seen)) {
      TestedVersions.warning(version).ifPresent(LOG::warn);
      seen = version;
    }
  }

  /** The reason why Synapse refuses the service account; empty if it takes it. */
  private Optional<String> refusal() {
    try {
      client.compareAgain();
      server.ownAccount(server.self());
      return Optional.empty();
    } catch (HomeserverUnavailableException e) {
      return Optional.ofNullable(e.getMessage());
    } catch (RuntimeException e) {
      return Optional.empty(); // slow, or limited: not refused
    }
  }

  /** Whether Synapse answered lately. */
  boolean answers() {
    var look = last;
    return look.answers() && System.nanoTime() - look.at() < OLD;
  }

  /** The current problem of the service account; empty while Synapse is away altogether. */
  Optional<String> complaint() {
    var look = last;
    return look.answers() ? look.problem() : Optional.empty();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
