package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.job.JobRows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own API: the list of jobs, and the lists of one job. */
class JobListsIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String JOBS = "/_bailiff/v1/jobs";

  @BeforeEach
  void noJobs() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @Test
  void listIsPagedNewestFirstAndFiltered() {
    var ids = new ArrayList<String>();
    for (int n = 0; n < 5; n++) {
      ids.add(
          0,
          submit("{\"kind\": \"deactivate-users\", \"targets\": [\"@u" + n + ":chat.example\"]}")
              .toString());
    }
    new JobRows(gateway.jdbi()).complete(JobId.parse(ids.get(0)).orElseThrow());

    var first = gateway.admin().get(JOBS + "?limit=3").json();
    var second = gateway.admin().get(JOBS + "?limit=3&from=" + first.path("next").asText()).json();

    var listed = new ArrayList<>(first.path("jobs").findValuesAsText("job_id"));
    listed.addAll(second.path("jobs").findValuesAsText("job_id"));
    assertThat(listed).isEqualTo(ids);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(list("?status=completed")).hasSize(1);
    assertThat(list("?status=scheduled&kind=deactivate-users")).hasSize(4);
    assertThat(list("?kind=delete-rooms")).isEmpty();
    assertThat(list("?target=@u1:chat.example")).hasSize(1);
    assertThat(list("?requester=@admin:chat.example")).hasSize(5);
    assertThat(list("?accepted_after=2999-01-01T00:00:00Z")).isEmpty();
    assertThat(list("?accepted_before=2999-01-01T00:00:00Z")).hasSize(5);
  }

  @Test
  void listIsFilteredByTheTextOfReasonAndReference() {
    var wave =
        submit(
            """
            {"kind": "deactivate-users", "targets": ["@a:chat.example"], "reason": "SPAM wave, Größe 100%"}
            """);
    var referred =
        submit(
            """
            {"kind": "deactivate-users", "targets": ["@b:chat.example"], "reference": "Mod-112_x"}
            """);

    assertThat(ids("?text=spam%20WAVE")).containsExactly(wave.toString());
    assertThat(ids("?text=gr%C3%B6%C3%9Fe%20100%25")).containsExactly(wave.toString());
    assertThat(ids("?text=mod-112_X")).containsExactly(referred.toString());
    assertThat(ids("?text=mod-112%25")).isEmpty();
    assertThat(ids("?text=mod&kind=deactivate-users&status=scheduled&target=@b:chat.example"))
        .containsExactly(referred.toString());
    assertThat(ids("?text=mod&target=@a:chat.example")).isEmpty();
  }

  @Test
  void listIsFilteredByTheJobThatAnotherCameFrom() {
    var first = submit("{\"kind\": \"deactivate-users\", \"targets\": [\"@a:chat.example\"]}");
    gateway.admin().post(JOBS + "/" + first + "/cancel", "");
    var retry =
        gateway.admin().post(JOBS + "/" + first + "/retry", "").json().path("job_id").asText();

    assertThat(ids("?retry_of=" + first)).containsExactly(retry);
    assertThat(ids("?retry_of=" + first + "&status=failed")).isEmpty();
    assertThat(ids("?plan_job_id=" + first)).isEmpty();
  }

  @Test
  void jobsOfATargetComeNewestFirstAndArePaged() {
    var room =
        "{\"kind\": \"delete-rooms\", \"targets\": [\"!a/b:x\"], \"parameters\": {\"purge\": %s}}";
    var older = submit(room.formatted("true"));
    gateway.admin().post(JOBS + "/" + older + "/cancel", "");
    var newer = submit(room.formatted("false"));
    submit("{\"kind\": \"delete-rooms\", \"targets\": [\"!other:x\"]}");

    var path = "/_bailiff/v1/targets/!a%2Fb%3Ax/jobs";
    var first = gateway.admin().get(path + "?limit=1").json();
    var second = gateway.admin().get(path + "?limit=1&from=" + first.path("next").asText()).json();

    assertThat(first.path("jobs").findValuesAsText("job_id")).containsExactly(newer.toString());
    assertThat(second.path("jobs").findValuesAsText("job_id")).containsExactly(older.toString());
    assertThat(gateway.admin().get(path + "?status=cancelled").json().path("jobs")).hasSize(1);
    assertThat(gateway.admin().get("/_bailiff/v1/targets/@none:x/jobs").json().path("jobs"))
        .isEmpty();
    assertThat(gateway.admin().get("/_bailiff/v1/targets/%00/jobs").status()).isIn(400, 404);
    assertThat(gateway.admin().get("/_bailiff/v1/targets//jobs").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "?text=",
    "?text=%20",
    "?retry_of=x",
    "?plan_job_id=",
    "?accepted_after=2026-11-23T08:00:00",
    "?status=nothing",
    "?status=",
    "?kind=NO",
    "?from=x",
    "?from=YWJj",
    "?limit=0",
    "?limit=x",
    "?accepted_after=x",
    "/00000000-0000-0000-0000-000000000000/segments?from=1",
    "/00000000-0000-0000-0000-000000000000/failures?from=x"
  })
  void wrongQuestionsAreRefused(String question) {
    assertThat(gateway.admin().get(JOBS + question).status()).isIn(400, 404);
  }

  @Test
  void unknownJobIsNotFound() {
    for (var id : new String[] {"00000000-0000-0000-0000-000000000000", "x", ""}) {
      for (var rest : new String[] {"", "/failures", "/segments", "/targets"}) {
        assertThat(gateway.admin().get(JOBS + "/" + id + rest).outcome())
            .isEqualTo("404 M_NOT_FOUND");
      }
      assertThat(gateway.admin().post(JOBS + "/" + id + "/cancel", "").outcome())
          .isEqualTo("404 M_NOT_FOUND");
    }
  }

  @Test
  void listsOfAJobArePaged() {
    var id =
        submit(
            "{\"kind\": \"delete-rooms\", \"targets\": [\"!a:x\", \"!b:x\", \"!c:x\"], \"reason\": \"spam\"}");
    var rows = new JobRows(gateway.jdbi());
    for (int n = 0; n < 3; n++) {
      rows.failure(id, "$event" + n, "no");
    }

    for (var name : new String[] {"targets", "failures"}) {
      var path = JOBS + "/" + id + "/" + name;
      var first = gateway.admin().get(path + "?limit=2").json();
      var second =
          gateway.admin().get(path + "?limit=2&from=" + first.path("next").asText()).json();
      assertThat(first.path(name)).hasSize(2);
      assertThat(second.path(name)).hasSize(1);
      assertThat(second.path("next").isNull()).isTrue();
    }
  }

  private static JobId submit(String body) {
    var reply = gateway.admin().post(JOBS, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    return JobId.parse(reply.json().path("job_id").asText()).orElseThrow();
  }

  private static List<String> ids(String query) {
    return list(query).findValuesAsText("job_id");
  }

  private static JsonNode list(String query) {
    return gateway.admin().get(JOBS + query).json().path("jobs");
  }
}
