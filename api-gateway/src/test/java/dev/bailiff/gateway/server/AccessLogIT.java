package dev.bailiff.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bailiff.gateway.RunningGateway;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** The lines of the request log. */
class AccessLogIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.bailiff.gateway.access");

  private Level level;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    level = LOG.getLevel();
    LOG.setLevel(Level.INFO);
    lines.start();
    LOG.addAppender(lines);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(lines);
    LOG.setLevel(level);
  }

  @Test
  void tokensAndAddressesAreNotWrittenDown() {
    gateway.admin().get("/_synapse/admin/v1/registration_tokens/s3cret");
    gateway.admin().get("/_synapse/admin/v1/threepid/email/users/s3cret@mail.example");
    gateway.nobody().get("/_synapse/admin/v1/server_version?access_token=s3cret");

    await().until(() -> written().size() == 3);
    assertThat(written()).noneMatch(line -> line.contains("s3cret"));
    assertThat(written()).allMatch(line -> line.contains("<hidden>"));
  }

  private List<String> written() {
    return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
