package dev.bailiff.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.internals.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a broker cannot go on. Kafka then ends its JVM at once, without a word and
 * without shutdown hooks, as each of its brokers has a JVM for itself. Ours shares one with
 * everything else. So Kafka's wish is passed to whoever started the broker, who stops the rest.
 *
 * <p>Kafka asks for the end by static methods that do not say which broker: with several in a JVM,
 * as in tests, all of them are told.
 */
final class BrokerExits {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerExits.class);
  private static final Set<Runnable> LISTENERS = ConcurrentHashMap.newKeySet();

  private BrokerExits() {}

  /** Calls this when a broker of this JVM could not go on. */
  static void listen(Runnable listener) {
    Exit.setHaltProcedure(BrokerExits::onExit);
    Exit.setExitProcedure(BrokerExits::onExit);
    LISTENERS.add(listener);
  }

  static void forget(Runnable listener) {
    LISTENERS.remove(listener);
  }

  /** Must not return: the caller believes that the process is gone. */
  private static void onExit(int status, String message) {
    var end = new BrokerEnded();
    LOG.info("a broker could not go on (status {}, {})", status, message, end);
    LISTENERS.forEach(Runnable::run);
    throw end;
  }

  /** Ends the thread of Kafka's that asked for the end of the process. */
  private static final class BrokerEnded extends Error {
    private static final long serialVersionUID = 1L;

    BrokerEnded() {
      super("this broker could not go on");
    }
  }
}
