package dev.bailiff.testing.server;

import dev.bailiff.embedded.EmbeddedKafkaServer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Kafka, with names of topics and groups that no other class uses.
 *
 * <pre>{@code
 * @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();
 * }</pre>
 *
 * <p>Register it in a static field. The broker is started with the first use and shared by all
 * classes of the JVM; it allows share groups a record lock of 5 s, heartbeats of 1 s and sessions
 * of 6 s, and creates no topic by itself. A test that stops the broker takes a {@link
 * #privateBroker()}.
 */
public final class KafkaExtension implements BeforeAllCallback, AfterAllCallback {
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  private @Nullable String prefix;
  private @Nullable Admin admin;

  private KafkaExtension() {}

  public static KafkaExtension shared() {
    return new KafkaExtension();
  }

  /**
   * A broker for this test alone, to be stopped, wiped and started again; not started yet, the
   * caller closes it.
   */
  public static EmbeddedKafkaServer privateBroker() {
    return TestServers.privateKafka();
  }

  public String bootstrapServers() {
    return TestServers.bootstrapServers();
  }

  /** What this class puts before names of topics and groups, such as {@code t3.commandloopit.}. */
  public String prefix() {
    String current = prefix;
    if (current == null) {
      throw new IllegalStateException("there is a prefix only while a test class runs");
    }
    return current;
  }

  /** An admin client, closed after the class. */
  public synchronized Admin admin() {
    Admin open = admin;
    if (open == null) {
      open = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
      admin = open;
    }
    return open;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    open(context.getRequiredTestClass());
  }

  /** Makes names for a class that JUnit Jupiter does not run; the caller closes it. */
  public void open(Class<?> user) {
    String name = user.getSimpleName().toLowerCase(Locale.ROOT);
    prefix = "t" + NEXT.getAndIncrement() + "." + name + ".";
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Gives up what the class had. */
  public synchronized void close() {
    if (admin != null) {
      admin.close();
      admin = null;
    }
    prefix = null;
  }
}
