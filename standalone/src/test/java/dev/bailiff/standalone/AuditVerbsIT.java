package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.audit.AuditHead;
import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of the audit on a Bailiff that is up, with the rows of a job that really ran. */
class AuditVerbsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String USER = "@crypto-gain-01:chat.example";

  @TempDir Path folder;

  @Test
  void anAuditOfAJobVerifiesAndShowsARowThatIsGone() throws IOException {
    RunningBailiff bailiff = new RunningBailiff(folder.resolve("data"));
    try (ChildProcess up = bailiff.up(1)) {
      assertThat(run(bailiff, 0, "import", RunningBailiff.COMMUNITY)).isNotEmpty();
      String job = submit(bailiff);
      await().atMost(LIMIT).until(() -> status(bailiff, job).equals("completed"));

      List<String> told = new ArrayList<>();
      List<String> events = new ArrayList<>();
      for (JsonNode row : bailiff.calls().audit(Map.of("job", job), 1_000)) {
        told.add(row.path("what").textValue() + " " + row.path("result").textValue());
        if (row.path("what").textValue().equals("redact-events/redact")) {
          assertThat(row.path("whom").textValue()).isEqualTo(USER);
          row.path("items").forEach(item -> events.add(item.textValue()));
        }
      }
      assertThat(told)
          .contains(
              "POST /_bailiff/v1/jobs done",
              "job scheduled",
              "job active",
              "redact-events/redact done",
              "job completed");
      assertThat(events).hasSize(redacted(bailiff)).allMatch(event -> event.startsWith("$"));

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(run(bailiff, 0, "audit", "verify"))
                      .contains("rows are as they were chained")
                      .contains("head "));
      Path heads = folder.resolve("heads");
      Files.writeString(heads, run(bailiff, 0, "audit", "verify"));
      assertThat(AuditHead.in(Files.readString(heads))).hasSize(1);
      assertThat(run(bailiff, 0, "audit", "list", "--whom", USER)).contains("redact-events/redact");
      assertThat(run(bailiff, 0, "audit", "export", "--csv", "--job", job))
          .startsWith("id,at,who,token,address,what,whom,why,job_id,items,result\r\n")
          .contains(",'=1+1,");
      assertThatTheWorkersMayNotChangeIt(bailiff);

      bailiff
          .jdbi()
          .useHandle(
              handle -> {
                handle.execute("set session_replication_role = replica"); // past the triggers
                handle.execute("delete from access.audit where what = 'redact-events/redact'");
              });

      assertThat(run(bailiff, ExitCode.ENDED_BADLY, "audit", "verify"))
          .contains("NOT AS IT WAS", "missing");
      assertThat(run(bailiff, ExitCode.ENDED_BADLY, "audit", "verify", "--heads", heads))
          .contains("compared with 1 heads");
      assertThat(up.isAlive()).isTrue();
    }
  }

  /** They work under another role than the owner. */
  private static void assertThatTheWorkersMayNotChangeIt(RunningBailiff bailiff) {
    var users =
        bailiff
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select distinct a.usename || ' ' || r.rolsuper || ' ' || has_table_privilege(a.usename, 'access.audit', 'update')
                                   || ' ' || has_table_privilege(a.usename, 'access.audit', 'delete')
                              from pg_stat_activity a join pg_roles r on r.rolname = a.usename
                             where a.application_name = 'bailiff-gateway' or a.application_name like '%-up-1'
                            """)
                        .mapTo(String.class)
                        .list());
    assertThat(users).containsExactly("bailiff_runtime false false false");
  }

  private static String submit(RunningBailiff bailiff) {
    ObjectNode request =
        JsonNodeFactory.instance.objectNode().put("kind", "redact-events").put("reason", "=1+1");
    request.putArray("targets").add(USER);
    return bailiff.calls().submit(request).path("job_id").asText();
  }

  private static String status(RunningBailiff bailiff, String job) {
    return bailiff.calls().job(job).path("status").asText();
  }

  private static int redacted(RunningBailiff bailiff) {
    return bailiff
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from homeserver.redaction r join homeserver.event e on e.event_id = r.redacts where e.sender = :user"
                            + " and r.have_censored and exists (select from access.audit a where r.redacts = any (a.items))")
                    .bind("user", USER)
                    .mapTo(Integer.class)
                    .one());
  }

  private static String run(RunningBailiff bailiff, int code, Object... arguments) {
    try (ChildProcess run = bailiff.run(arguments)) {
      assertThat(run.awaitExit(LIMIT))
          .as(run.standardOutput() + run.standardError())
          .isEqualTo(code);
      return run.standardOutput();
    }
  }
}
