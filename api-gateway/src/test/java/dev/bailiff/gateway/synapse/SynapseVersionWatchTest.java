package dev.bailiff.gateway.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.bailiff.homeserver.synapse.SynapseCalls;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SynapseVersionWatchTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(SynapseWatch.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private volatile String version = "1.163.2";
  private HttpServer synapse;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    log.start();
    logger.addAppender(log);
    synapse = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    synapse.createContext(
        "/",
        exchange -> {
          byte[] body =
              ("{\"server_version\": \""
                      + version
                      + "\", \"user_id\": \"@ops:x\", \"admin\": true}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    synapse.start();
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    synapse.stop(0);
  }

  @Test
  void versionThatWasNotTestedIsWarnedOfOnceEachTimeItChanges() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    var factory =
        SynapseHomeserverFactory.of(
            URI.create("http://127.0.0.1:" + synapse.getAddress().getPort()), token, null);
    try (var client = factory.client();
        var watch = new SynapseWatch(client, SynapseCalls.of(factory.account(client)).server())) {
      watch.look();
      assertThat(warnings()).isEmpty();

      version = "1.170.0"; // Synapse was upgraded while the gateway runs
      watch.look();
      watch.look();
      version = "1.171.0";
      watch.look();

      assertThat(warnings()).hasSize(2);
      assertThat(warnings().get(0)).contains("was not tested with Synapse 1.170.0");
      assertThat(warnings().get(1)).contains("was not tested with Synapse 1.171.0");
      assertThat(watch.answers()).isTrue();
    }
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().equals(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
