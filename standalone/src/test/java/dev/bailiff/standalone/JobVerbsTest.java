package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.standalone.client.FakeGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the verbs about jobs ask of the API. */
class JobVerbsTest {
  private static final String STATUS = "{\"job_id\":\"j1\",\"status\":\"paused\"}";

  private final StringWriter err = new StringWriter();
  private FakeGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = FakeGateway.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause j1 | POST /_bailiff/v1/jobs/j1/pause Bearer the-token {}",
        "resume j1 | POST /_bailiff/v1/jobs/j1/resume Bearer the-token {}",
        "cancel j1 --json | POST /_bailiff/v1/jobs/j1/cancel Bearer the-token {}",
        "reject j1 --reason why | POST /_bailiff/v1/jobs/j1/reject Bearer the-token {\"reason\":\"why\"}",
        "retry j1 | POST /_bailiff/v1/jobs/j1/retry Bearer the-token {}",
        "retry j1 --reason again --reference M-1 --priority 5 --max-rate none --pace gentle | POST /_bailiff/v1/jobs/j1/retry Bearer the-token"
            + " {\"reason\":\"again\",\"reference\":\"M-1\",\"priority\":5,\"max_rate\":null,\"pace\":\"gentle\"}",
        "submit delete-rooms --target !a:x --param block=true --param message=gone --param new_room_name=\"12\" | POST /_bailiff/v1/jobs Bearer the-token"
            + " {\"kind\":\"delete-rooms\",\"targets\":[\"!a:x\"],\"parameters\":{\"block\":true,\"message\":\"gone\",\"new_room_name\":\"12\"}}",
        "submit delete-rooms --target !a:x --reference M-1 --priority 5 --max-rate 10 | POST /_bailiff/v1/jobs Bearer the-token"
            + " {\"kind\":\"delete-rooms\",\"targets\":[\"!a:x\"],\"parameters\":{},\"reference\":\"M-1\",\"priority\":5,\"max_rate\":10}",
        "change j1 --priority 5 | PATCH /_bailiff/v1/jobs/j1 Bearer the-token {\"priority\":5}",
        "delete j1 | DELETE /_bailiff/v1/jobs/j1 Bearer the-token",
        "change j1 --max-rate 50 | PATCH /_bailiff/v1/jobs/j1 Bearer the-token {\"max_rate\":50}",
        "change j1 --max-rate none --json | PATCH /_bailiff/v1/jobs/j1 Bearer the-token {\"max_rate\":null}"
      })
  void verbIsOneCall(String command, String request) {
    gateway.answers(200, STATUS);

    assertThat(run(command.split(" "))).isEqualTo(ExitCode.DONE);

    assertThat(gateway.asked()).containsExactly(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jobs --requester token:bot --text mod-112 --retry-of x | requester=token%3Abot text=mod-112 retry_of=x",
        "jobs --since 2026-11-23T08:00:00+01:00 | accepted_after=2026-11-23T07%3A00%3A00Z",
        "jobs --until 2026-11-23T08:00:00Z --status failed | accepted_before=2026-11-23T08%3A00%3A00Z status=failed",
        "jobs --since -24h | accepted_after="
      })
  void conditionsOfJobsAreThoseOfTheApi(String command, String query) {
    gateway.answers(200, "{\"jobs\":[],\"next\":null}");

    assertThat(run(command.split(" "))).isEqualTo(ExitCode.DONE);

    assertThat(gateway.asked().get(0)).contains(query.split(" "));
  }

  @Test
  void filesAndReceiptsAreAskedForByTheirForm() {
    gateway.answers(200, "item,errcode\r\n");

    assertThat(run("failures", "j1", "--csv")).isEqualTo(ExitCode.DONE);
    assertThat(run("targets", "j1", "--format", "ndjson", "--verdict", "left-over"))
        .isEqualTo(ExitCode.DONE);
    assertThat(run("receipt", "j1", "--target", "@a:x")).isEqualTo(ExitCode.DONE);

    assertThat(gateway.asked().get(0)).startsWith("GET /_bailiff/v1/jobs/j1/failures?format=csv ");
    assertThat(gateway.asked().get(1))
        .contains("/j1/targets?")
        .contains("format=ndjson", "verdict=left-over");
    assertThat(gateway.asked().get(2)).contains("/j1/receipt?target=%40a%3Ax");
  }

  /** What was printed is what is approved: the plan that the numbers belong to. */
  @Test
  void approvalIsOfThePlanThatIsShown() {
    gateway
        .answers(
            200,
            "{\"job_id\":\"j1\",\"status\":\"awaiting_approval\",\"target_count\":60,\"approval\":{\"why\":\"w\","
                + "\"plan\":3,\"numbers\":{\"accounts\":60},\"unknown\":[]}}")
        .answers(200, STATUS);

    assertThat(run("approve", "j1")).isEqualTo(ExitCode.DONE);

    assertThat(gateway.asked())
        .containsExactly(
            "GET /_bailiff/v1/jobs/j1 Bearer the-token",
            "POST /_bailiff/v1/jobs/j1/approve Bearer the-token {\"plan\":3}");
  }

  @Test
  void countIsOfAFilter() {
    gateway.answers(200, "{\"count\":24,\"exact\":true,\"sample\":[\"@a:x\"]}");

    assertThat(run("count", "deactivate-users", "--filter", "user_id=@crypto-*"))
        .isEqualTo(ExitCode.DONE);

    assertThat(gateway.asked())
        .containsExactly(
            "POST /_bailiff/v1/targets/count Bearer the-token"
                + " {\"kind\":\"deactivate-users\",\"filter\":{\"user_id\":\"@crypto-*\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause j1 | 409",
        "receipt j1 | 409",
        "failures j1 --csv | 404",
        "workers | 403",
        "events | 403",
        "events --job j1 | 404",
        "change j1 --priority 9 | 400"
      })
  void refusalIsSaidWithItsReason(String command, int status) {
    gateway.answers(status, "{\"errcode\":\"M_UNKNOWN\",\"error\":\"it has ended\"}");

    assertThat(run(command.split(" "))).isEqualTo(ExitCode.REFUSED);

    assertThat(err.toString()).contains("it has ended (" + status + " M_UNKNOWN)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "change j1 | give --priority or --max-rate",
        "change j1 --max-rate fast | --max-rate must be",
        "jobs --since yesterday | --since must look like",
        "failures j1 --csv --json | --format ndjson",
        "events --job j1 --status failed | give either --job",
        "targets j1 --format xml | --format",
        "count deactivate-users | --filter",
        "count deactivate-users --filter , | the filter cannot be read"
      })
  void wrongUsageIsSaidAndNothingAsked(String command, String words) {
    assertThat(run(command.split(" "))).isEqualTo(ExitCode.WRONG_USAGE);

    assertThat(err.toString()).contains(words);
    assertThat(gateway.asked()).isEmpty();
  }

  private int run(String... arguments) {
    var address = gateway.address();
    var all =
        Stream.concat(
            Arrays.stream(arguments),
            Stream.of("--url", address.url().toString(), "--token", address.token()));
    return Bailiff.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
