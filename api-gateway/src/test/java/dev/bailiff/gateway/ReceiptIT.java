package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.JobId;
import dev.bailiff.testing.job.JobRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job did, to be kept or sent. */
class ReceiptIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String JOBS = "/_bailiff/v1/jobs";

  private JobId job;

  @BeforeEach
  void oneJob() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
    var reply =
        gateway
            .admin()
            .post(
                JOBS,
                """
                {"kind": "deactivate-users", "targets": ["@a:chat.example", "@b:chat.example", "@c:chat.example"],
                 "parameters": {"erase": true}, "reason": "asked for erasure", "reference": "GDPR-7"}
                """);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    job = JobId.parse(reply.json().path("job_id").asText()).orElseThrow();
  }

  @Test
  void receiptTellsWhatWasDoneToWhomByWhomAndWhy() {
    ended();

    var receipt = gateway.admin().get(JOBS + "/" + job + "/receipt").json();

    assertThat(receipt.path("server_name").asText()).isEqualTo("chat.example");
    assertThat(receipt.path("requester").asText()).isEqualTo("@admin:chat.example");
    assertThat(receipt.path("reason").asText()).isEqualTo("asked for erasure");
    assertThat(receipt.path("reference").asText()).isEqualTo("GDPR-7");
    assertThat(receipt.path("parameters").path("erase").asBoolean()).isTrue();
    assertThat(receipt.path("status").asText()).isEqualTo("completed");
    assertThat(receipt.path("stages").findValuesAsText("name")).containsExactly("close-account");
    assertThat(receipt.path("target_count").asInt()).isEqualTo(3);
    assertThat(receipt.path("verdicts"))
        .hasToString(
            """
            [{"verdict":"gone","targets":2},{"verdict":"left-over","targets":1}]""");
    assertThat(receipt.path("targets").findValuesAsText("target"))
        .containsExactly("@a:chat.example", "@b:chat.example", "@c:chat.example");
    assertThat(receipt.path("targets").get(0).path("left_over").get(0).asText())
        .isEqualTo("1 device");
    assertThat(receipt.path("all_targets").isNull()).isTrue();
  }

  @Test
  void receiptOfOnePersonNamesNobodyElse() {
    ended();

    var reply = gateway.admin().get(JOBS + "/" + job + "/receipt?target=@b:chat.example");

    assertThat(reply.body()).doesNotContain("@a:chat.example").doesNotContain("@c:chat.example");
    assertThat(reply.json().path("target_count").asInt()).isEqualTo(1);
    assertThat(reply.json().path("stages")).isEmpty();
    assertThat(reply.json().path("verdicts").findValuesAsText("verdict")).containsExactly("gone");
    assertThat(gateway.admin().get(JOBS + "/" + job + "/receipt?target=@z:chat.example").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void receiptOfManyTargetsNamesTheFirstAndCountsAll() {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    with more as (
                      insert into jobs.target (job_id, target_n, target, verdict)
                      select job_id, n, '@u' || n || ':chat.example', 'gone'
                        from jobs.job, generate_series(3, 1999) as n)
                    update jobs.job set target_count = 2000
                    """));
    ended();

    var receipt = gateway.admin().get(JOBS + "/" + job + "/receipt").json();

    assertThat(receipt.path("targets")).hasSize(1000);
    assertThat(receipt.path("verdicts").get(0).path("targets").asInt()).isEqualTo(1999);
    var rest = gateway.admin().get(receipt.path("all_targets").asText());
    assertThat(rest.body().lines()).hasSize(2001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain | text/plain;charset=utf-8",
        "application/json;q=0.5, text/plain;q=0.9 | text/plain;charset=utf-8",
        "text/plain, application/json | application/json",
        "text/html, */* | application/json"
      })
  void receiptIsTextForWhoeverAsksForText(String accepted, String type) {
    ended();

    var reply = gateway.admin().with("Accept: " + accepted).get(JOBS + "/" + job + "/receipt");

    assertThat(reply.headers()).containsEntry("Content-Type", type);
    assertThat(reply.body()).contains("left-over");
  }

  @Test
  void receiptIsOfWhatWasDone() {
    assertThat(gateway.admin().get(JOBS + "/" + job + "/receipt").outcome())
        .isEqualTo("409 M_UNKNOWN");
    assertThat(
            gateway.admin().get(JOBS + "/00000000-0000-0000-0000-000000000000/receipt").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    ended();
    gateway.jdbi().useHandle(handle -> handle.execute("update jobs.job set dry_run = true"));

    assertThat(gateway.admin().get(JOBS + "/" + job + "/receipt").outcome())
        .isEqualTo("409 M_UNKNOWN");
  }

  private void ended() {
    var rows = new JobRows(gateway.jdbi());
    rows.activate(job);
    rows.complete(job);
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    update jobs.target
                       set verdict = case when target_n = 0 then 'left-over' else 'gone' end,
                           left_over = case when target_n = 0 then array['1 device'] end
                    """));
  }
}
