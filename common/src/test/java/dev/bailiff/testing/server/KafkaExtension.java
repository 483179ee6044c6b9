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
 * A real Kafka, with a prefix for names of topics and groups that no other class uses.
 *
 * <pre>{@code
 * @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();
 * }</pre>
 *
 * <p>Register it in a static field. The broker is started at the first use and shared by all
 * classes of the JVM. It allows share groups a record lock of 5 s, heartbeats of 1 s and sessions
 * of 6 s, and creates no topic by itself. A test that stops the broker uses a {@link
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
   * A broker for this test alone, which the test may stop, wipe and start again. It is not started
   * yet; the caller closes it.
   */
  public static EmbeddedKafkaServer privateBroker() {
    return TestServers.privateKafka();
  }

  public String bootstrapServers() {
    return TestServers.bootstrapServers();
  }

  /** The prefix of this class for names of topics and groups, such as {@code t3.commandloopit.}. */
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

  /** Makes a prefix for a class that JUnit Jupiter does not run; the caller closes this object. */
  public void open(Class<?> user) {
    String name = user.getSimpleName().toLowerCase(Locale.ROOT);
    prefix = "t" + NEXT.getAndIncrement() + "." + name + ".";
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Closes the admin client and releases the prefix. */
  public synchronized void close() {
    if (admin != null) {
      admin.close();
      admin = null;
    }
    prefix = null;
  }
}
