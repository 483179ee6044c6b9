package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.homeserver.MediaRows;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own API: submit, show, cancel. */
class JobsIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String JOBS = "/_bailiff/v1/jobs";

  @BeforeEach
  void noJobs() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{}; 400 M_MISSING_PARAM",
        "{\"kind\": 1}; 400 M_BAD_JSON",
        "{\"kind\": \"nothing\", \"targets\": [\"@a:b\"]}; 400 M_INVALID_PARAM",
        "{\"kind\": \"redact-events\"}; 400 M_MISSING_PARAM",
        "{\"kind\": \"redact-events\", \"targets\": \"@a:b\"}; 400 M_BAD_JSON",
        "{\"kind\": \"redact-events\", \"targets\": []}; 400 M_INVALID_PARAM",
        "{\"kind\": \"redact-events\", \"targets\": [1]}; 400 M_BAD_JSON",
        "{\"kind\": \"redact-events\", \"targets\": [\"a\"]}; 400 M_INVALID_PARAM",
        "{\"kind\": \"redact-events\", \"targets\": [\"@a\\u0000:b\"]}; 400 M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"@a:b\"]}; 400 M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"parameters\": []}; 400 M_BAD_JSON",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"parameters\": {\"purge\": 1}}; 400"
            + " M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"parameters\": {\"pruge\": false}};"
            + " 400 M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"parameters\": {\"message\":"
            + " \"\\u0000\"}}; 400 M_BAD_JSON",
        "{\"kind\": \"redact-events\", \"targets\": [\"@a:b\"], \"parameters\": {\"after_ts\":"
            + " 1e30}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"redact-events\", \"targets\": [\"@a:b\"], \"parameters\": {\"after_ts\":"
            + " 99999999999999999999}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"parameters\":"
            + " {\"new_room_user_id\": \"@a:other\"}}; 400 M_UNKNOWN",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"parameters\":"
            + " {\"new_room_user_id\": \"\"}}; 400 M_UNKNOWN",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"parameters\":"
            + " {\"new_room_user_id\": \"@LONG:chat.example\"}}; 400 M_UNKNOWN",
        "{\"kind\": \"redact-events\", \"targets\": [\"@a:b\"], \"parameters\": {\"rooms\":"
            + " [\"*\", \"!a:b\"]}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"clean-up-rooms\", \"targets\": [\"!a:b\"], \"parameters\": {\"shut_down\": false,"
            + " \"new_room_user_id\": \"@a:chat.example\"}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"clean-up-rooms\", \"targets\": [\"!a:b\"], \"parameters\":"
            + " {\"new_room_user_id\": \"@a:other\"}}; 400 M_UNKNOWN",
        "{\"kind\": \"clean-up-rooms\", \"targets\": [\"!a:b\"], \"parameters\": {\"block\": false,"
            + " \"shut_down\": false, \"purge\": false}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"clean-up-users\", \"targets\": [\"!a:b\"]}; 400 M_INVALID_PARAM",
        "{\"kind\": \"clean-up-users\", \"targets\": [\"@a:b\"], \"parameters\":"
            + " {\"deactivate\": false, \"erase\": true}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"clean-up-users\", \"targets\": [\"@a:b\"], \"parameters\": {\"suspend\": false,"
            + " \"redact\": false, \"delete_media\": false, \"deactivate\": false}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"clean-up-users\", \"targets\": [\"@a:b\"], \"parameters\":"
            + " {\"on_step_failure\": \"stop\"}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"reason\": 1}; 400 M_BAD_JSON",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"reason\": \"\\ud800\"}; 400"
            + " M_BAD_JSON",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"run_at\": \"tomorrow\"}; 400"
            + " M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"pace\": \"slow\"}; 400"
            + " M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"pace\": 1}; 400 M_BAD_JSON",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"dry_run\": 0}; 400"
            + " M_BAD_JSON",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"filter\": {}}; 400"
            + " M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"priority\": 6}; 400"
            + " M_INVALID_PARAM",
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:b\"], \"dryrun\": true}; 400"
            + " M_INVALID_PARAM",
        "{\"kind\": \"redact-events\", \"targets\": [\"@a:b\"], \"parameters\": {\"after_ts\":"
            + " 1700000000}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"redact-events\", \"targets\": [\"@a:b\"], \"parameters\": {\"before_ts\":"
            + " 1700000000}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"redact-events\", \"targets\": [\"@a:b\"], \"parameters\": {\"before_ts\":"
            + " 0}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"redact-events\", \"targets\": [\"@a:b\"], \"parameters\": {\"after_ts\":"
            + " 1700000000001, \"before_ts\": 1700000000000}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"purge-history\", \"targets\": [\"!a:b\"], \"parameters\": {\"purge_up_to_ts\":"
            + " 1700000000}}; 400 M_INVALID_PARAM",
        "{\"kind\": \"delete-media\", \"targets\": [\"*\"], \"parameters\": {\"before_ts\":"
            + " 1700000000000000}}; 400 M_INVALID_PARAM"
      })
  void whatIsRefusedIsNotStored(String body, String outcome) {
    assertThat(gateway.admin().post(JOBS, body.replace("LONG", "x".repeat(4_000))).outcome())
        .isEqualTo(outcome);
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  @Test
  void jobIsAcceptedWithDistinctTargetsInOrder() {
    var reply =
        gateway
            .admin()
            .post(
                JOBS,
                """
                {"kind": "delete-rooms", "targets": ["!b:x", "!a:x", "!b:x"], "parameters": {"purge": false},
                 "reason": "spam", "dry_run": false, "priority": null}
                """);

    var id = reply.json().path("job_id").asText();
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.headers())
        .containsEntry("Location", JOBS + "/" + id)
        .containsEntry("Bailiff-Job", id);
    assertThat(reply.body()).isEqualTo("{\"job_id\":\"" + id + "\",\"status\":\"scheduled\"}");
    var job = gateway.admin().get(JOBS + "/" + id).json();
    assertThat(job.path("kind").asText()).isEqualTo("delete-rooms");
    assertThat(job.path("requester").asText()).isEqualTo("@admin:chat.example");
    assertThat(job.path("reason").asText()).isEqualTo("spam");
    assertThat(job.path("target_count").intValue()).isEqualTo(2);
    assertThat(job.path("progress").path("total").isIntegralNumber()).isTrue();
    assertThat(job.path("stages").path(0).path("name").asText()).isEqualTo("plan");
    assertThat(job.path("error").isNull()).isTrue();
    assertThat(
            gateway
                .admin()
                .get(JOBS + "/" + id + "/targets")
                .json()
                .path("targets")
                .findValuesAsText("target"))
        .containsExactly("!a:x", "!b:x");
    assertThat(
            gateway
                .admin()
                .get(JOBS + "/" + id + "/segments")
                .json()
                .path("segments")
                .path(0)
                .path("status")
                .asText())
        .isEqualTo("ready");
    assertThat(gateway.admin().get(JOBS + "/" + id + "/failures").body())
        .isEqualTo("{\"failures\":[],\"next\":null}");
  }

  @Test
  void purgeOfManyHistoriesNamesOneCutOff() {
    var rooms =
        "{\"kind\": \"purge-history\", \"targets\": [\"!a:x\", \"!b:x\"], \"reason\": \"old\", \"parameters\": ";

    assertThat(gateway.admin().post(JOBS, rooms + "{\"purge_up_to_ts\": 1700000000000}}").status())
        .isEqualTo(202);
    assertThat(gateway.admin().post(JOBS, rooms + "{\"purge_up_to_depth\": 5}}").status())
        .isEqualTo(202);
    for (var parameters :
        new String[] {
          "{}",
          "{\"purge_up_to_ts\": 1700000000000, \"purge_up_to_depth\": 5}",
          "{\"purge_up_to_ts\": null}",
          "{\"purge_up_to_ts\": 1.5}",
          "{\"purge_up_to_ts\": 1700000000000, \"delete_local_events\": 1}"
        }) {
      assertThat(gateway.admin().post(JOBS, rooms + parameters + "}").outcome())
          .as(parameters)
          .isEqualTo("400 M_INVALID_PARAM");
    }
    assertThat(gateway.admin().post(JOBS, rooms + "{}}").json().path("error").textValue())
        .isEqualTo(
            "parameters: give exactly one of purge_up_to_event_id, purge_up_to_ts, purge_up_to_depth");
  }

  @Test
  void sameKeyIsTheSameJobAndAnotherRequestIsRefused() {
    var client = gateway.admin().with("Idempotency-Key: k-1");
    var body =
        "{\"kind\": \"deactivate-users\", \"targets\": [\"@a:chat.example\", \"@b:chat.example\"], \"reason\": \"spam\"}";
    var same =
        "{\"targets\": [\"@b:chat.example\", \"@a:chat.example\"], \"kind\": \"deactivate-users\","
            + " \"reason\": \"spam\", \"parameters\": {}}";

    var first = client.post(JOBS, body);
    var again = client.post(JOBS, same);
    var other =
        client.post(JOBS, "{\"kind\": \"deactivate-users\", \"targets\": [\"@c:chat.example\"]}");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().path("job_id")).isEqualTo(first.json().path("job_id"));
    assertThat(other.outcome()).isEqualTo("422 M_UNKNOWN");
    assertThat(
            new Client(gateway.port(), Seed.OPERATOR_TOKEN)
                .with("Idempotency-Key: k-1")
                .post(JOBS, body)
                .json()
                .path("job_id"))
        .isNotEqualTo(first.json().path("job_id"));
    assertThat(gateway.admin().with("Idempotency-Key: a b").post(JOBS, body).outcome())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  /** The defaults of a kind do not count as parameters that a client sent. */
  @Test
  void parametersAreShownAndComparedAsTheyWereGiven() {
    var client = gateway.admin().with("Idempotency-Key: k-2");
    var body =
        "{\"kind\": \"deactivate-users\", \"targets\": [\"@a:chat.example\"], \"parameters\": %s}";

    var job = client.post(JOBS, body.formatted("{}")).json().path("job_id").asText();

    assertThat(gateway.admin().get(JOBS + "/" + job).json().path("parameters").toString())
        .isEqualTo("{}");
    assertThat(client.post(JOBS, body.formatted("{\"erase\": false}")).outcome())
        .isEqualTo("422 M_UNKNOWN");
  }

  @Test
  void aPaceIsStoredAndBelongsToTheRequest() {
    var client = gateway.admin().with("Idempotency-Key: k-pace");
    var plain = "{\"kind\": \"deactivate-users\", \"targets\": [\"@a:chat.example\"]%s}";
    var gentle = plain.formatted(", \"pace\": \"gentle\"");

    var first = client.post(JOBS, gentle);

    assertThat(first.status()).isEqualTo(202);
    assertThat(client.post(JOBS, gentle).json().path("job_id").asText())
        .isEqualTo(first.json().path("job_id").asText());
    assertThat(client.post(JOBS, plain.formatted("")).outcome()).isEqualTo("422 M_UNKNOWN");
    var stored =
        gateway
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select pace from jobs.job where job_id = :job")
                        .bind("job", UUID.fromString(first.json().path("job_id").asText()))
                        .mapTo(String.class)
                        .one());
    assertThat(stored).isEqualTo("gentle");
  }

  @Test
  void aJobOnTheOwnStoreShowsNoPace() {
    var job =
        submit(
            "{\"kind\": \"deactivate-users\", \"targets\": [\"@a:chat.example\"],"
                + " \"pace\": null}");

    var reply = gateway.admin().get(JOBS + "/" + job).json();
    assertThat(reply.has("paced")).isTrue();
    assertThat(reply.path("paced").isNull()).isTrue();
  }

  @Test
  void jobOfTheFutureWaitsAndOneOfThePastDoesNot() {
    var base =
        "{\"kind\": \"deactivate-users\", \"targets\": [\"@a:chat.example\"], \"run_at\": \"%s\"}";

    var future = submit(base.formatted("2999-01-01T00:00:00Z"));
    var past = submit(base.formatted("2000-01-01T00:00:00Z"));

    assertThat(gateway.admin().get(JOBS + "/" + future).json().path("run_at").asText())
        .isEqualTo("2999-01-01T00:00:00Z");
    assertThat(gateway.admin().get(JOBS + "/" + past).json().path("run_at").isNull()).isTrue();
  }

  @Test
  void cancelMayBeRepeated() {
    var id = submit("{\"kind\": \"deactivate-users\", \"targets\": [\"@a:chat.example\"]}");

    for (int n = 0; n < 2; n++) {
      assertThat(gateway.admin().post(JOBS + "/" + id + "/cancel", "").body())
          .isEqualTo("{\"job_id\":\"" + id + "\",\"status\":\"cancelled\"}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[\"*\"]; {}",
        "[\"*\"]; {\"before_ts\": 1700000000}",
        "[\"*\"]; {\"before_ts\": -1}",
        "[\"*\"]; {\"before_ts\": 1700000000000, \"page\": {}}",
        "[\"@ann:chat.example\"]; {\"before_ts\": 1700000000000}",
        "[\"aaaaaa1\"]; {\"keep_profiles\": true}",
        "[\"aaaaaa1\"]; {\"page\": {\"limit\": 1}}",
        "[\"@ann:chat.example\"]; {\"page\": {\"order_by\": \"size\"}}",
        "[\"@ann:chat.example\"]; {\"page\": {\"limits\": 1}}",
        "[\"@ann:chat.example\"]; {\"page\": {\"limit\": 100001}}",
        "[\"@ann:chat.example\", \"@bob:chat.example\"]; {\"page\": {\"limit\": 50001}}",
        "[\"a/b\"]; {}",
        "[\"@ann\"]; {}"
      })
  void selectionOfMediaMustFitTheTargets(String targets, String parameters) {
    var body =
        "{\"kind\": \"delete-media\", \"targets\": "
            + targets
            + ", \"parameters\": "
            + parameters
            + "}";

    assertThat(gateway.admin().post(JOBS, body).outcome()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  @Test
  void oneJobTakesAllFormsOfTargetsOfMedia() {
    new MediaRows(gateway.jdbi()).local("aaaaaa1", "@ann:chat.example", 10L, 30);

    var id =
        submit(
            """
            {"kind": "delete-media", "targets": ["aaaaaa1", "*", "@ann:chat.example"], "reason": "space",
             "parameters": {"before_ts": 1700000000000}}
            """);

    assertThat(gateway.store().reader().find(id).orElseThrow().targetCount()).isEqualTo(3);
    assertThat(gateway.store().parts().targets(id, -1, 1).get(0).target()).isEqualTo("*");
  }

  private static JobId submit(String body) {
    var reply = gateway.admin().post(JOBS, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    return JobId.parse(reply.json().path("job_id").asText()).orElseThrow();
  }
}
