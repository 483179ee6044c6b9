package dev.bailiff.gateway.job.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.gateway.RunningGateway;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that go away, or stop, in the middle of an upload. There is one place for uploads. */
class CutUploadIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("limits.uploads", "1"),
          ConfigOverride.config("server.applicationConnectors[0].idleTimeout", "3s"));

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 25_000;

  private static final String BODY =
      "--B\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n"
          + "{\"kind\":\"deactivate-users\",\"reason\":\"spam\"}\r\n"
          + "--B\r\nContent-Disposition: form-data; name=\"targets\"; filename=\"t\"\r\n\r\n"
          + IntStream.range(0, MANY)
              .mapToObj("@u%05d:x"::formatted)
              .collect(Collectors.joining("\n"))
          + "\r\n--B--\r\n";

  private static final String HEAD =
      "POST /_bailiff/v1/jobs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer admin-token\r\n"
          + "Idempotency-Key: wave\r\nConnection: close\r\n"
          + "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n";

  private static final String ALL = HEAD + BODY;

  /** Where the connection is cut. */
  enum Stage {
    REQUEST_LINE(ALL.indexOf("\r\n") + 2),
    HEADERS(ALL.indexOf("multipart")),
    BEHIND_THE_HEADERS(HEAD.length()),
    REQUEST_PART(ALL.indexOf("deactivate")),
    BETWEEN_THE_PARTS(ALL.indexOf("name=\"targets\"")),
    FIRST_TARGETS(ALL.indexOf("@u00003") + 4),
    A_TARGET_THAT_IS_NOT_KEPT(ALL.indexOf("@u20000") + 4),
    LAST_TARGET(ALL.indexOf("@u24999") + 4),
    BEFORE_THE_LAST_BOUNDARY(ALL.lastIndexOf("\r\n--B--")),
    LAST_BOUNDARY(ALL.lastIndexOf("--B--") + 4);

    private final String sent;

    Stage(int length) {
      this.sent = ALL.substring(0, length);
    }
  }

  @BeforeEach
  void noJobs() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void anUploadThatIsCutOffStoresNothingAndHoldsNothing(Stage stage) throws IOException {
    try (var client = connect()) {
      write(client, stage.sent);
      client.setSoLinger(true, 0); // the peer is reset, as when a machine dies
    }

    // It has the one place and the key, which the cut upload must have given back.
    assertThat(answer(ALL)).startsWith("HTTP/1.1 202");
    assertThat(number("select count(*) from jobs.job")).isEqualTo(1);
    assertThat(number("select count(*) from jobs.target")).isEqualTo(MANY);
    await().atMost(PATIENCE).until(() -> openTransactions() == 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REQUEST_LINE", "HEADERS"})
  void aClientThatStopsIsToldSoAndNothingIsStored(Stage stage) throws IOException {
    assertThat(answer(stage.sent)).startsWith("HTTP/1.1 408");

    assertThat(number("select count(*) from jobs.job")).isZero();
    await().atMost(PATIENCE).until(() -> openTransactions() == 0);
    assertThat(answer(ALL)).startsWith("HTTP/1.1 202");
  }

  @Test
  void whileOneArrivesOthersWaitItsKeyIsInHandAndAllOtherCallsGoOn() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (var first = connect()) {
      var half = Stage.A_TARGET_THAT_IS_NOT_KEPT.sent;
      write(first, half);
      await().atMost(PATIENCE).until(() -> openTransactions() == 1);

      var sameKey =
          gateway
              .admin()
              .with("Idempotency-Key: wave")
              .post("/_bailiff/v1/jobs", "{\"kind\":\"deactivate-users\",\"targets\":[\"@a:x\"]}");
      assertThat(sameKey.outcome()).isEqualTo("409 M_UNKNOWN");
      assertThat(gateway.admin().get("/_synapse/admin/v2/users").outcome()).isEqualTo("200");
      for (int n = 0; n < 5; n++) {
        var other = connect();
        waiting.add(other);
        write(other, ALL.replace("wave", "wv-" + n));
      }
      assertThat(gateway.admin().get("/_bailiff/v1/jobs").outcome()).isEqualTo("200");
      assertThat(openTransactions()).isEqualTo(1);
      write(first, ALL.substring(half.length()));

      assertThat(read(first)).startsWith("HTTP/1.1 202");
      for (var other : waiting) {
        assertThat(read(other)).startsWith("HTTP/1.1 202");
      }
      assertThat(number("select count(*) from jobs.job")).isEqualTo(6);
    } finally {
      for (var other : waiting) {
        other.close();
      }
    }
  }

  private static String answer(String request) throws IOException {
    try (var client = connect()) {
      write(client, request);
      return read(client);
    }
  }

  private static Socket connect() throws IOException {
    var socket = new Socket("127.0.0.1", gateway.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static void write(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private static String read(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Transactions of the gateway in which no statement runs. */
  private static long openTransactions() {
    return number(
        """
        select count(*) from pg_stat_activity
         where datname = current_database() and state like 'idle in transaction%'
           and application_name = 'bailiff-gateway'
        """);
  }

  private static long number(String query) {
    return gateway.jdbi().withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }
}
