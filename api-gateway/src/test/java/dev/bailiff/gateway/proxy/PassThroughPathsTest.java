package dev.bailiff.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Which requests are passed, and what is known of them afterwards. */
class PassThroughPathsTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.bailiff.gateway.access");

  @RegisterExtension static final PassingServers SERVERS = new PassingServers();

  private final ScriptedHomeserver homeserver = SERVERS.homeserver();
  private final PassingGateway gateway = SERVERS.gateway();

  @BeforeEach
  void answer() {
    homeserver.answers("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npassed");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /_synapse/admin/v1/served/%40u%2F, served here",
    "GET,  /_bailiff/v1/own,                   own",
    "GET,  /_synapse/admin/v1/served/u,        passed",
    "OPTIONS, /_synapse/admin/v1/served/u,     passed",
    "POST, /_synapse/admin/v1/served/u/,       passed",
    "POST, /_synapse/admin/v1/%73erved/u,      passed",
    "GET,  /_synapse/,                         passed",
    "GET,  /_matrix/client/v3/sync?timeout=0,  passed",
    "GET,  /.well-known/matrix/client,         passed"
  })
  void servedHereOrPassed(String method, String target, String body) throws IOException {
    try (var client = gateway.client()) {
      var answer = client.request(method, target, "Content-Length: 0").answer();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(body);
    }
    assertThat(homeserver.heads()).hasSize(body.equals("passed") ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/_synapse", "/_matrixx/", "//_matrix/x", "/x/_matrix/", "/_bailiff/x"})
  void whatNobodyServesIsTheGatewaysOwn404(String target) throws IOException {
    try (var client = gateway.client()) {
      var answer = client.request("GET", target).answer();

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text())
          .isEqualTo("{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"Unrecognized request\"}");
    }
    assertThat(homeserver.heads()).isEmpty();
  }

  @Test
  void adminPortPassesNothing() throws IOException {
    try (var client = new RawClient(gateway.adminPort())) {
      assertThat(client.request("GET", "/_matrix/x").answer().status()).isEqualTo(404);
    }
    assertThat(homeserver.heads()).isEmpty();
  }

  @Test
  void passedCallHasALineInTheRequestLogWithoutItsToken() throws IOException {
    var lines = new ListAppender<ILoggingEvent>();
    var level = LOG.getLevel();
    LOG.setLevel(Level.INFO);
    lines.start();
    LOG.addAppender(lines);
    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/logged?access_token=s3cret&a=%zz").answer();

      await()
          .until(
              () ->
                  List.copyOf(lines.list).stream()
                      .map(ILoggingEvent::getFormattedMessage)
                      .anyMatch(
                          line ->
                              line.startsWith(
                                  "127.0.0.1 \"GET /_matrix/logged?access_token=<hidden>&a=%zz\""
                                      + " 200 6 ")));
    } finally {
      LOG.detachAppender(lines);
      LOG.setLevel(level);
    }
  }

  @Test
  void passedCallsAreCountedByTheirStatus() throws IOException {
    long before = counted("2xx");
    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/x").answer();
      client.request("GET", "/_bailiff/v1/own").answer();
    }
    await().until(() -> counted("2xx") == before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/",
        "http:///x",
        "http://h/x",
        "http://h?x",
        "http://h/#x",
        "http://u:s3cret@h",
        "synapse"
      })
  void urlThatIsMoreThanAServerIsRefusedWithoutShowingIt(String url) {
    var parsed = URI.create(url);

    assertThatThrownBy(() -> new Upstream(parsed, PassThroughConfig.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(url);
  }

  private long counted(String status) {
    return gateway.registry().scrape().stream()
        .filter(metric -> metric instanceof SummarySnapshot)
        .flatMap(metric -> ((SummarySnapshot) metric).getDataPoints().stream())
        .filter(point -> status.equals(point.getLabels().get("status")))
        .mapToLong(SummarySnapshot.SummaryDataPointSnapshot::getCount)
        .sum();
  }
}
