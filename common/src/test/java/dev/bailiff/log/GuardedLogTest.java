package dev.bailiff.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedLogTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void everythingToOneAppender() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern("%level %logger [%thread] %msg %mdc %kvp%n");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(written);
    appender.start();
    AsyncAppender async = new AsyncAppender(); // as Dropwizard puts one before each appender
    async.setContext(context);
    async.addAppender(appender);
    async.start();
    context.getLogger("ROOT").addAppender(async);
    context.getLogger("ROOT").setLevel(Level.ALL);
    GuardedLog.install(context);
    GuardedLog.install(context);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.eclipse.jetty.http.HttpParser",
        "org.eclipse.jetty",
        "org.postgresql.core.v3.QueryExecutorImpl",
        "com.zaxxer.hikari.HikariConfig",
        "org.apache.kafka.common.security.scram.internals.ScramSaslClient",
        "org.jdbi.sql"
      })
  void librariesDoNotTellWhatTheyWereSentAtAnyLevel(String name) {
    context.getLogger(name).setLevel(Level.TRACE);

    context.getLogger(name).debug("a request");
    context.getLogger(name).trace("its head");
    assertThat(context.getLogger(name).isDebugEnabled()).isFalse();
    context.getLogger(name).info("told");

    assertThat(lines()).contains("told").doesNotContain("a request", "its head");
  }

  @Test
  void othersMayTellMore() {
    context.getLogger("dev.bailiff.X").debug("ours");
    context.getLogger("org.eclipse.jettyish").debug("others");

    assertThat(lines()).contains("ours", "others");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer s3cr3tvalue",
        "authorization=[bearer s3cr3tvalue]",
        "GET /x?access_token=s3cr3tvalue&a=b",
        "{\"password\":\"s3cr3tvalue\",\"a\":1}",
        "jdbc:postgresql://h/d?user=u&password=s3cr3tvalue",
        "PlainLoginModule required username='a' password='s3cr3tvalue';",
        "token: s3cr3tvalue",
        "client_secret=s3cr3tvalue",
        "Failing row contains (1, https://hooks.example/, whsec_s3cr3tvalueAAAA)"
      })
  void secretsAreHidden(String text) {
    context.getLogger("dev.bailiff.X").warn("sent {}", text, new IllegalStateException(text));

    assertThat(lines()).contains("<hidden>").doesNotContain("s3cr3tvalue");
  }

  @Test
  void textOfPeopleStaysOneLineAndKeepsItsDirection() {
    String text = "red \u001b[31m\nINFO forged\u202e";
    context
        .getLogger("dev.bailiff.X")
        .atWarn()
        .addKeyValue("k", text)
        .setCause(new IllegalStateException(text, new RuntimeException(text)))
        .log("{}", text);

    assertThat(lines())
        .contains("red \\u001b[31m\\nINFO forged\\u202e")
        .doesNotContain("\u001b", "\u202e", "\nINFO forged");
  }

  private String lines() {
    context.stop(); // writes the lines that are still queued
    return written.toString(StandardCharsets.UTF_8);
  }
}
