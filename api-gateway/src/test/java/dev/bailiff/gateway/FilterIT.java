package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.job.JobFilter;
import dev.bailiff.secret.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jobs whose targets a filter finds, and counts of what it would find, on the example community.
 */
class FilterIT {
  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String COUNT = "/_bailiff/v1/targets/count";
  private static final String JOB = "{\"kind\": \"%s\", \"filter\": %s, \"reason\": \"spam wave\"}";

  private static final String CHILDREN =
      "{'kind': 'clean-up-rooms', 'targets': [%s], 'parameters': {'children': true}, %s}";
  private static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";

  @RegisterExtension static final RunningGateway gateway = RunningGateway.onCommunity();

  private static Client admin;

  @BeforeAll
  static void addToken() {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into homeserver.access_token (token_sha256, user_id) values (?, '@admin:chat.example')",
                    Sha256.of("admin-of-filters")));
    admin = new Client(gateway.port(), "admin-of-filters");
  }

  @BeforeEach
  void noJobs() {
    gateway.jdbi().useHandle(handle -> handle.execute("truncate jobs.job cascade"));
  }

  @Test
  void jobBeginsWithoutTargetsInItsFirstStage() {
    var job = submit(JOB.formatted("deactivate-users", json("{'user_id': '@crypto-*'}")));

    assertThat(job.path("target_count").intValue()).isZero();
    assertThat(job.path("stages")).hasSize(1);
    assertThat(job.path("stages").path(0).path("name").asText()).isEqualTo("resolve");
    assertThat(job.path("filter").toString())
        .isEqualTo(json("{'user_id':'@crypto-*','appservice':false,'deactivated':false}"));
  }

  @Test
  void relativeTimeIsStoredAsTheMomentThatItMeans() {
    var before = Instant.now().minus(Duration.ofHours(24));

    var job = submit(JOB.formatted("deactivate-users", json("{'created_after': '-24h'}")));

    assertThat(Instant.parse(job.path("filter").path("created_after").asText()))
        .isBetween(before.minusMillis(1), Instant.now().minus(Duration.ofHours(24)));
  }

  @Test
  void sameRequestUnderItsKeyIsTheSameJobAlthoughTimePassed() {
    var body = JOB.formatted("deactivate-users", json("{'created_after': '-24h'}"));
    var client = admin.with("Idempotency-Key: filter-1");

    var first = client.post(JOBS, body).json().path("job_id").asText();

    assertThat(client.post(JOBS, body).json().path("job_id").asText()).isEqualTo(first);
    assertThat(client.post(JOBS, body.replace("-24h", "-25h")).outcome())
        .isEqualTo("422 M_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "deactivate-users; {'usr_id': '@a*'}; 400 M_INVALID_PARAM; Did you mean 'user_id'?",
        "deactivate-users; {'created_after': 5}; 400 M_BAD_JSON; 'created_after' must be a time",
        "deactivate-users; {'created_after': 'now'}; 400 M_INVALID_PARAM; 'created_after' must be a time",
        "deactivate-users; {}; 400 M_INVALID_PARAM; at least one condition",
        "deactivate-users; []; 400 M_BAD_JSON; 'filter' must be an object",
        "deactivate-users; {'room_id': '!a*'}; 400 M_INVALID_PARAM; no condition on users",
        "delete-rooms; {'user_id': '@a*'}; 400 M_INVALID_PARAM; no condition on rooms",
        "delete-media; {'name': 'a*'}; 400 M_INVALID_PARAM; no condition on media",
        "no-kind; {'name': 'a*'}; 400 M_INVALID_PARAM; 'kind' names no kind"
      })
  void whatIsRefusedIsNamedByBothCallsAndNotStored(
      String kind, String filter, String outcome, String text) {
    var body = JOB.formatted(kind, json(filter));

    for (var reply : List.of(admin.post(JOBS, body), admin.post(COUNT, count(kind, filter)))) {
      assertThat(reply.outcome()).isEqualTo(outcome);
      assertThat(reply.json().path("error").asText()).contains(text);
    }
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'kind': 'deactivate-users', 'filter': {'admin': true}}; 400 M_MISSING_PARAM",
        "{'kind': 'deactivate-users', 'filter': {'admin': true}, 'reason': ' '}; 400 M_MISSING_PARAM",
        "{'kind': 'deactivate-users', 'filter': {'admin': true}, 'targets': ['@a:x'], 'reason': 'x'};"
            + " 400 M_INVALID_PARAM",
        "{'kind': 'delete-media', 'filter': {'owner': '@*'}, 'reason': 'x', 'parameters': {'page': {}}};"
            + " 400 M_INVALID_PARAM",
        "{'kind': 'delete-media', 'filter': {'owner': '@*'}, 'reason': 'x', 'parameters': {'before_ts':"
            + " 1700000000000}}; 400 M_INVALID_PARAM",
        "{'kind': 'deactivate-users', 'filter': {'displayname': '\\ud800'}, 'reason': 'x'}; 400"
            + " M_BAD_JSON"
      })
  void requestThatFitsNoFilterIsRefused(String body, String outcome) {
    assertThat(admin.post(JOBS, json(body)).outcome()).isEqualTo(outcome);
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  @Test
  void jobThatTakesTheRoomsOfASpaceBeginsLikeOneWithAFilter() {
    var job = submit(json(CHILDREN.formatted("'" + ROOM + "'", "'reason': 'x'")));

    assertThat(job.path("target_count").intValue()).isZero();
    assertThat(job.path("stages").path(0).path("name").asText()).isEqualTo("resolve");
    assertThat(job.path("filter").toString()).isEqualTo(json("{'in_space':'" + ROOM + "'}"));
    assertThat(job.path("parameters").toString()).isEqualTo(json("{'children':true}"));
  }

  @Test
  void roomsOfASpaceAreTakenFromAFewKnownSpacesAloneAndWithAReason() {
    var many =
        IntStream.rangeClosed(0, 100)
            .mapToObj("'!room-%d:x'"::formatted)
            .collect(Collectors.joining(","));

    assertThat(children("'!none:x'", "'reason': 'x'")).isEqualTo("400 M_INVALID_PARAM");
    assertThat(children("'" + ROOM + "'", "'priority': 3")).isEqualTo("400 M_MISSING_PARAM");
    assertThat(children(many, "'reason': 'x'")).isEqualTo("400 M_INVALID_PARAM");
    assertThat(
            admin
                .post(
                    JOBS,
                    json(
                        "{'kind': 'clean-up-rooms', 'filter': {'name': 'a*'}, 'reason': 'x', 'parameters': {'children': true}}"))
                .outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  private static String children(String targets, String rest) {
    return admin.post(JOBS, json(CHILDREN.formatted(targets, rest))).outcome();
  }

  @Test
  void countSaysHowManyThereAreWithTwentyOfThem() {
    var reply = admin.post(COUNT, count("deactivate-users", "{'user_id': '@crypto-*'}"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("count").intValue()).isEqualTo(24);
    assertThat(reply.json().path("exact").booleanValue()).isTrue();
    var sample = new ArrayList<String>();
    reply.json().path("sample").forEach(id -> sample.add(id.asText()));
    assertThat(sample).hasSize(20).isSorted().allMatch(id -> id.startsWith("@crypto-gain-"));
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  @Test
  void countOfRoomsAndMediaIsOfTheirConditions() {
    assertThat(counted("delete-rooms", "{'members_at_least': 10}"))
        .isPositive()
        .isLessThan(counted("delete-rooms", "{'members_at_least': 0}"));
    assertThat(counted("delete-media", "{'owner': '@*'}")).isPositive();
    assertThat(counted("delete-media", "{'owner': '@nobody:x'}")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'kind': 'delete-rooms'}; 400 M_MISSING_PARAM",
        "{'filter': {'admin': true}}; 400 M_MISSING_PARAM",
        "{'kind': 1, 'filter': {'admin': true}}; 400 M_BAD_JSON",
        "{'kind': 'delete-rooms', 'filter': {'public': true}, 'reason': 'x'}; 400 M_INVALID_PARAM"
      })
  void countNeedsAKindAndAFilterAndNothingElse(String body, String outcome) {
    assertThat(admin.post(COUNT, json(body)).outcome()).isEqualTo(outcome);
  }

  @Test
  void countIsForAdminsOnly() {
    var body = count("deactivate-users", "{'admin': true}");

    assertThat(gateway.nobody().post(COUNT, body).outcome()).isEqualTo("401 M_MISSING_TOKEN");
  }

  private int counted(String kind, String filter) {
    return admin.post(COUNT, count(kind, filter)).json().path("count").intValue();
  }

  private static String count(String kind, String filter) {
    return "{\"kind\": \"" + kind + "\", \"filter\": " + json(filter) + "}";
  }

  private static JsonNode submit(String body) {
    var reply = admin.post(JOBS, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    return admin.get(JOBS + "/" + reply.json().path("job_id").asText()).json();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
