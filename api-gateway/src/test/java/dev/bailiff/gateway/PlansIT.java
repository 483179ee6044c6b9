package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.LeftOut;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.BatchRecord.Finds;
import dev.bailiff.job.JobId;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans and their runs over HTTP. The test does what a worker would do. */
class PlansIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String KIND = "deactivate-users";
  private static final String THREE =
      """
      {"kind": "deactivate-users", "dry_run": true, "reference": "MOD-112", "max_rate": 50,
       "targets": ["@a:chat.example", "@b:chat.example", "@c:chat.example"]}""";

  @BeforeEach
  void noJobs() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @Test
  void aPlanTellsItsNumbersAndWhatIsLeftOut() {
    var dryRun = planned(THREE);

    var plan = gateway.admin().get(JOBS + "/" + dryRun + "/plan?limit=1").json();

    assertThat(plan.path("targets").asInt()).isEqualTo(3);
    assertThat(plan.path("left_out")).hasSize(1);
    assertThat(plan.path("left_out").get(0).toString())
        .isEqualTo("{\"target\":\"@b:chat.example\",\"reason\":\"gone\"}");
    assertThat(plan.path("left_out_count").asInt()).isEqualTo(1);
    assertThat(plan.path("numbers").toString()).isEqualTo("{\"accounts\":2}");
    assertThat(plan.path("unknown").toString()).isEqualTo("[\"memberships\"]");
    assertThat(plan.path("estimated_seconds").isNull()).isTrue();
    assertThat(plan.path("estimate_basis").asText())
        .isEqualTo("the homeserver does not tell how many memberships there are");
    assertThat(plan.path("planned_at").asText()).endsWith("Z");
    var next = plan.path("next").asText();
    assertThat(
            gateway.admin().get(JOBS + "/" + dryRun + "/plan?from=" + next).json().path("left_out"))
        .isEmpty();
  }

  @Test
  void aPlanIsRunOnceAndLinked() {
    var dryRun = planned(THREE);

    var reply =
        gateway
            .admin()
            .post(JOBS + "/" + dryRun + "/run", "{\"reason\": \"spam\", \"priority\": 5}");

    assertThat(reply.status()).isEqualTo(202);
    var run = reply.json().path("job_id").asText();
    assertThat(reply.headers()).containsEntry("Location", JOBS + "/" + run);
    assertThat(reply.json().path("plan_job_id").asText()).isEqualTo(dryRun);
    var changed = reply.json().path("changed");
    assertThat(changed.path("before").toString()).isEqualTo("{\"accounts\":2}");
    assertThat(changed.path("looked_at").asInt()).isEqualTo(2);
    assertThat(changed.path("exact").asBoolean()).isTrue();
    assertThat(changed.path("gone").findValuesAsText("target"))
        .as("nobody knows these users in an empty store")
        .containsExactly("@a:chat.example", "@c:chat.example");
    var shown = gateway.admin().get(JOBS + "/" + run).json();
    assertThat(shown.path("plan_job_id").asText()).isEqualTo(dryRun);
    assertThat(shown.path("dry_run").asBoolean(true)).isFalse();
    assertThat(shown.path("target_count").asInt()).isEqualTo(2);
    assertThat(shown.path("reference").asText()).isEqualTo("MOD-112");
    assertThat(shown.path("max_rate").asInt()).isEqualTo(50);
    assertThat(shown.path("priority").asInt()).isEqualTo(5);
    assertThat(targets(run)).containsExactly("@a:chat.example", "@c:chat.example");
    // A day later as well.
    age(dryRun, 25);
    var again = gateway.admin().post(JOBS + "/" + dryRun + "/run", "").json();
    assertThat(again.path("job_id").asText()).isEqualTo(run);
    assertThat(again.path("changed").isNull()).isTrue();
  }

  @Test
  void anOldPlanIsNotRun() {
    var dryRun = planned(THREE);
    age(dryRun, 24);

    var reply = gateway.admin().post(JOBS + "/" + dryRun + "/run", "{\"reason\": \"spam\"}");

    assertThat(reply.outcome()).isEqualTo("409 M_UNKNOWN");
    assertThat(reply.json().path("error").asText())
        .isEqualTo("The plan is older than 24 hours: plan anew, with another dry run");
  }

  @Test
  void whatHasNoPlanIsNotRun() {
    var job = submit(THREE.replace("\"dry_run\": true", "\"reason\": \"spam\""));
    var waiting = submit(THREE);

    assertThat(gateway.admin().post(JOBS + "/" + job + "/run", "").outcome())
        .isEqualTo("409 M_UNKNOWN");
    assertThat(gateway.admin().get(JOBS + "/" + job + "/plan").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(JOBS + "/" + waiting + "/plan").json().path("error").asText())
        .isEqualTo("The dry run has no plan, as it is scheduled");
    assertThat(
            gateway.admin().post(JOBS + "/" + waiting + "/run", "{\"reason\": \"spam\"}").outcome())
        .isEqualTo("409 M_UNKNOWN");
    assertThat(gateway.admin().post(JOBS + "/none/run", "").outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_MISSING_PARAM",
        "{\"reason\": \" \"}; 400 M_MISSING_PARAM",
        "{\"reason\": 1}; 400 M_BAD_JSON",
        "{\"reason\": \"spam\", \"targets\": []}; 400 M_INVALID_PARAM",
        "{\"reason\": \"spam\", \"run_at\": \"02:00\"}; 400 M_INVALID_PARAM"
      })
  void aRunThatSaysTooLittleOrTooMuchIsRefused(String body, String outcome) {
    var dryRun = planned(THREE);

    assertThat(gateway.admin().post(JOBS + "/" + dryRun + "/run", body).outcome())
        .isEqualTo(outcome);
    assertThat(gateway.admin().get(JOBS).json().path("jobs")).hasSize(1);
  }

  @Test
  void targetsAreListedByTheirVerdict() {
    var job = submit(THREE);
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update jobs.target set verdict = case target_n when 1 then 'left-over' else 'gone' end where job_id = ?::uuid",
                    job));
    var targets = JOBS + "/" + job + "/targets?verdict=";

    assertThat(gateway.admin().get(targets + "left-over").json().findValuesAsText("target"))
        .containsExactly("@b:chat.example");
    var page = gateway.admin().get(targets + "gone&limit=1").json();
    assertThat(page.findValuesAsText("target")).containsExactly("@a:chat.example");
    assertThat(
            gateway
                .admin()
                .get(targets + "gone&limit=1&from=" + page.path("next").asText())
                .json()
                .findValuesAsText("target"))
        .containsExactly("@c:chat.example");
    assertThat(gateway.admin().get(targets + "lost").outcome()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void aPlanOfNothingIsNotRun() {
    var dryRun = planned(THREE.replace("\"@a:chat.example\", \"@b:chat.example\", ", ""));

    assertThat(gateway.admin().post(JOBS + "/" + dryRun + "/run", "").json().path("error").asText())
        .isEqualTo("The plan has no target on which anything would be done");
  }

  /** A dry run that left the middle one of its targets out; the only one, if there is one. */
  private static String planned(String body) {
    var job = submit(body);
    var store = JobStore.on(gateway.jdbi(), LeaseConfig.DEFAULT);
    var id = JobId.parse(job).orElseThrow();
    int targets = store.reader().find(id).orElseThrow().targetCount();
    var counted =
        new Counted(
            targets,
            Numbers.of("accounts", targets - 1).withUnknown("memberships"),
            List.of(new LeftOut(targets / 2, "gone")));
    var command = new SegmentCommand(SegmentCommand.VERSION, id.value(), KIND, 0, 0, 0, null);
    var lease = store.leases().lease(command, 1, "me", List.of("dry-run")).orElseThrow().lease();
    store
        .leases()
        .record(
            lease,
            new BatchRecord(
                new End.Done(),
                null,
                targets - 1,
                1,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                List.of(),
                Finds.NONE,
                counted,
                BatchRecord.Effects.NONE),
            List.of("dry-run"));
    return job;
  }

  private static void age(String job, int hours) {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update jobs.job set finalized_at = finalized_at - ? * interval '1 hour' where job_id = ?::uuid",
                    hours,
                    job));
  }

  private static String submit(String body) {
    JsonNode reply = gateway.admin().post(JOBS, body).json();
    assertThat(reply.path("error").asText("")).isEmpty();
    return reply.path("job_id").asText();
  }

  private static List<String> targets(String job) {
    return gateway
        .admin()
        .get(JOBS + "/" + job + "/targets")
        .json()
        .path("targets")
        .findValuesAsText("target");
  }
}
