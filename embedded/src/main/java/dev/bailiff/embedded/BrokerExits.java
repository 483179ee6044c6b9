package dev.bailiff.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.internals.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a broker that cannot go on. Kafka then ends its JVM at once, without a message and
 * without shutdown hooks, because Kafka expects a JVM for each broker. Here the broker shares the
 * JVM with everything else. So Kafka's request is passed to the code that started the broker, and
 * that code stops the rest.
 *
 * <p>Kafka requests the end by static methods that do not name the broker: with several brokers in
 * a JVM, as in tests, all listeners are called.
 */
final class BrokerExits {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerExits.class);
  private static final Set<Runnable> LISTENERS = ConcurrentHashMap.newKeySet();

  private BrokerExits() {}

  /** Calls the listener when a broker of this JVM cannot go on. */
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

  /** Ends the Kafka thread that requested the end of the process. */
  private static final class BrokerEnded extends Error {
    private static final long serialVersionUID = 1L;

    BrokerEnded() {
      super("this broker could not go on");
    }
  }
}
