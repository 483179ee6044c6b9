package dev.bailiff.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.process.ChildProcess;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the whole stack as processes, on the community's data. */
class StackFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String TOKEN = "operator-token-of-this-test";

  @Order(1)
  @RegisterExtension
  final PostgresExtension postgres = Community.database();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private StackProcesses processes;
  private Jdbi jdbi;
  private JobStore store;

  @BeforeEach
  void prepareTheStack() {
    jdbi = Database.jdbi(postgres.dataSource());
    store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
    processes =
        new StackProcesses(
            folder,
            new ServerAddresses(
                postgres.jdbcUrl(),
                postgres.user(),
                postgres.password(),
                kafka.bootstrapServers(),
                kafka.prefix() + folder.getFileName().toString().replaceAll("[^a-z0-9]", ""),
                ServerAddresses.Leases.SHORT));
    new OperatorTokens(jdbi).add("test", Sha256.of(TOKEN));
  }

  @AfterEach
  void killAll() {
    processes.close();
  }

  @Test
  void aGatewayKilledBetweenCommitAndPublishHasAcceptedAJobThatEnds() throws Exception {
    var gateway = gateway(DyingGateway.class);

    assertThatThrownBy(() -> post(gateway, "/_bailiff/v1/jobs", deactivation(0)))
        .isInstanceOf(IOException.class);

    assertThat(gateway.process().awaitExit(LIMIT)).isEqualTo(137);
    var jobs = store.lists().list(JobFilter.ALL, null, 10);
    assertThat(jobs)
        .as("committed")
        .singleElement()
        .extracting(JobView::status)
        .isEqualTo(JobStatus.SCHEDULED);
    worker("only");
    assertThat(awaitEnd(jobs.get(0).id()).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(deactivated()).isEqualTo(1);
  }

  @Test
  void twoGatewaysAndThreeWorkersEndEveryJobAlthoughOneOfEachIsKilled() throws Exception {
    var one = gateway(GatewayMain.class);
    var two = gateway(GatewayMain.class);
    var workers = List.of(worker("w1"), worker("w2"), worker("w3"));
    long leavesBefore = leaves();
    long joined = joined();
    var jobs = new ArrayList<JobId>();

    for (int n = 0; n < 24; n++) {
      if (n == 9) {
        workers.get(0).kill();
        one.process().kill();
      }
      var gateway = n % 2 == 0 && n < 9 ? one : two;
      jobs.add(jobId(post(gateway, "/_bailiff/v1/jobs", redaction(n))));
      jobs.add(jobId(post(gateway, "/_bailiff/v1/jobs", deactivation(n))));
    }

    for (var job : jobs) {
      assertThat(awaitEnd(job).status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(get(two, "/_bailiff/v1/jobs/" + job).path("status").asText())
          .isEqualTo("completed");
      assertThat(store.parts().targets(job, -1, 10))
          .allSatisfy(
              target -> assertThat(target.verdict()).as("%s", target.leftOver()).isEqualTo("gone"));
    }
    assertThat(deactivated()).isEqualTo(24);
    assertThat(joined()).as("nobody of them is joined").isZero();
    assertThat(leaves() - leavesBefore).as("one leave a membership").isEqualTo(joined);
    assertThat(redactedTwice()).as("no event is redacted twice").isZero();
    assertThat(store.upkeep().unsettled(10)).isEmpty();
    await()
        .atMost(LIMIT)
        .until(
            () -> count("jobs.claim") == 0 && count("jobs.transition where sent_at is null") == 0);
  }

  @Test
  void aGatewayToldToStopWhileTwoHundredCallsWaitAnswersEachWithItsJob() throws Exception {
    int calls = 200;
    var gateway = gateway(GatewayMain.class);
    var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int n = 0; n < calls; n++) {
      var call =
          request(gateway, "/_synapse/admin/v1/deactivate/" + user(n % 24))
              .POST(HttpRequest.BodyPublishers.ofString("{\"erase\": true}"))
              .build();
      waiting.add(http.sendAsync(call, HttpResponse.BodyHandlers.ofString()));
    }
    await().atMost(LIMIT).until(() -> count("jobs.job") == calls);
    assertThat(waiting).as("no worker runs").noneMatch(CompletableFuture::isDone);

    gateway.process().terminate();

    assertThat(gateway.process().awaitExit(Duration.ofSeconds(10))).isEqualTo(143);
    var told = new ArrayList<JobId>();
    for (var reply : waiting) {
      assertThat(reply.join().statusCode()).as(reply.join().body()).isEqualTo(202);
      var job = jobId(new ObjectMapper().readTree(reply.join().body()));
      assertThat(reply.join().headers().firstValue("Location"))
          .contains("/_bailiff/v1/jobs/" + job);
      told.add(job);
    }
    assertThat(told)
        .as("each its own, and all of them are stored")
        .containsExactlyInAnyOrderElementsOf(
            store.lists().list(JobFilter.ALL, null, calls + 1).stream().map(JobView::id).toList());
    worker("only");
    told.forEach(job -> assertThat(awaitEnd(job).status()).isEqualTo(JobStatus.COMPLETED));
    assertThat(deactivated()).isEqualTo(24);
  }

  // The stack

  private record Gateway(ChildProcess process, int port) {}

  private Gateway gateway(Class<?> main) throws IOException {
    int port = freePort();
    var process = processes.gateway(main, port, "server");
    await().atMost(LIMIT).ignoreExceptions().until(() -> status(port) == 200);
    return new Gateway(process, port);
  }

  private ChildProcess worker(String name) {
    return processes.worker(name);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  // HTTP

  private int status(int port) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private JsonNode post(Gateway gateway, String path, String body)
      throws IOException, InterruptedException {
    return send(
        request(gateway, path).POST(HttpRequest.BodyPublishers.ofString(body)).build(), 202);
  }

  private JsonNode get(Gateway gateway, String path) throws IOException, InterruptedException {
    return send(request(gateway, path).build(), 200);
  }

  private static HttpRequest.Builder request(Gateway gateway, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + TOKEN);
  }

  private JsonNode send(HttpRequest request, int status) throws IOException, InterruptedException {
    var response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return new ObjectMapper().readTree(response.body());
  }

  private static JobId jobId(JsonNode accepted) {
    return JobId.parse(accepted.path("job_id").asText()).orElseThrow();
  }

  private static String user(int n) {
    return "@crypto-gain-%02d:chat.example".formatted(n);
  }

  private static String deactivation(int n) {
    return "{\"kind\": \"deactivate-users\", \"targets\": [\""
        + user(n)
        + "\"], \"parameters\": {\"erase\": true}}";
  }

  private static String redaction(int n) {
    return "{\"kind\": \"redact-events\", \"targets\": [\""
        + user(n)
        + "\"], \"parameters\": {\"rooms\": []}}";
  }

  // Checks

  private JobView awaitEnd(JobId job) {
    await().atMost(LIMIT).until(() -> store.reader().find(job).orElseThrow().status().isTerminal());
    return store.reader().find(job).orElseThrow();
  }

  private static String spammers() {
    return IntStream.range(0, 24)
        .mapToObj(n -> "'" + user(n) + "'")
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }

  private long deactivated() {
    return count("homeserver.account where deactivated and user_id in (" + spammers() + ")");
  }

  private long joined() {
    return count(
        "homeserver.membership where membership = 'join' and user_id in (" + spammers() + ")");
  }

  private long leaves() {
    return count(
        "homeserver.event where type = 'm.room.member' and sender = state_key and content ->> 'membership' = 'leave'"
            + " and sender in ("
            + spammers()
            + ")");
  }

  private long redactedTwice() {
    return count(
        "(select r.redacts from homeserver.redaction r join homeserver.event e on e.event_id = r.event_id"
            + " where e.sender in ("
            + spammers()
            + ") group by 1 having count(*) > 1) as twice");
  }

  private long count(String from) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + from).mapTo(Long.class).one());
  }
}
