package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.Scope;
import dev.bailiff.access.Scopes;
import dev.bailiff.access.TokenTerms;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.BatchRecord.Finds;
import dev.bailiff.job.JobId;
import dev.bailiff.job.Lease;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import io.dropwizard.testing.ConfigOverride;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Approvals over HTTP. The test does what a worker would do. */
class ApprovalsIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("approvals.accounts", "1"),
          ConfigOverride.config("approvals.members", "1"));

  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String TWO =
      """
      {"kind": "deactivate-users", "reason": "spam", "targets": ["@a:chat.example", "@b:chat.example"]}""";
  private static final List<String> STAGES =
      List.of("find", "weigh", "count-first", DeactivateUsersContract.CLOSE_ACCOUNT);

  private OperatorTokens tokens;

  @BeforeEach
  void onlyTheTokenOfTheSeed() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
    gateway
        .jdbi()
        .useHandle(
            handle -> handle.execute("delete from access.operator_token where name <> 'root'"));
    tokens = new OperatorTokens(gateway.jdbi());
  }

  @Test
  void aSecondPersonApproves() {
    var job = waiting(TWO, gateway.admin());
    var bob = client("bob", null);

    var shown = gateway.admin().get(JOBS + "/" + job).json();
    assertThat(shown.path("status").asText()).isEqualTo("awaiting_approval");
    assertThat(shown.path("approval").path("numbers").toString()).isEqualTo("{\"accounts\":2}");
    assertThat(shown.path("approval").path("why").asText())
        .isEqualTo("it is about 2 accounts, more than 1");
    assertThat(gateway.admin().get(JOBS + "/" + job + "/plan").json().path("targets").asInt())
        .isEqualTo(2);
    assertThat(gateway.admin().get(JOBS + "?status=awaiting_approval").json().path("jobs"))
        .hasSize(1);

    assertThat(
            bob.post(JOBS + "/" + job + "/approve", "{\"plan\": 1}").json().path("status").asText())
        .isEqualTo("active");
    assertThat(bob.post(JOBS + "/" + job + "/approve", "").outcome())
        .as("once more")
        .isEqualTo("200");
    var carol = client("carol", null);
    assertThat(carol.post(JOBS + "/" + job + "/approve", "").json().path("error").asText())
        .isEqualTo("The job does not wait for an approval, as it is active; token:bob approved it");
    count(job, 1);
    assertThat(
            gateway
                .admin()
                .get(JOBS + "/" + job)
                .json()
                .path("approval")
                .path("approved_by")
                .asText())
        .isEqualTo("token:bob");
    assertThat(gateway.admin().get(JOBS + "/" + job).json().path("stages").findValuesAsText("name"))
        .containsExactly("count-first", "count-first", DeactivateUsersContract.CLOSE_ACCOUNT);
  }

  /** The own account, and tokens that it made, also through tokens that are revoked by now. */
  @Test
  void aRequesterDoesNotApproveThroughTokensOfTheOwn() {
    var alice = client("alice", null);
    var namesake = client("alice", null);
    var second = client("second", "token:alice");
    var third = client("third", "token:second");
    tokens.revoke("second");
    var job = waiting(TWO, alice);

    for (var own : List.of(alice, namesake, third)) {
      var reply = own.post(JOBS + "/" + job + "/approve", "");
      assertThat(reply.outcome()).isEqualTo("403 M_FORBIDDEN");
      assertThat(own.post(JOBS + "/" + job + "/reject", "{\"reason\": \"x\"}").outcome())
          .isEqualTo("403 M_FORBIDDEN");
    }
    assertThat(second.post(JOBS + "/" + job + "/approve", "").status())
        .as("revoked")
        .isEqualTo(401);
    assertThat(gateway.admin().post(JOBS + "/" + job + "/approve", "").outcome()).isEqualTo("200");
  }

  @Test
  void aServerAdminDoesNotApproveThroughATokenThatTheAccountMade() {
    var job = waiting(TWO, gateway.admin());
    var own = client("own", Seed.ADMIN);

    assertThat(own.post(JOBS + "/" + job + "/approve", "").outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(gateway.admin().post(JOBS + "/" + job + "/approve", "").outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void anApproverWithBoundsApprovesWithinThem() {
    var job = waiting(TWO, gateway.admin());
    var bound = new Client(gateway.port(), issue("bound", null, List.of("@a*"), null));
    var few = new Client(gateway.port(), issue("few", null, List.of(), 1));

    assertThat(bound.post(JOBS + "/" + job + "/approve", "").outcome())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(few.post(JOBS + "/" + job + "/approve", "").outcome()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void whereNobodyElseCouldApproveTheRefusalNamesBothWaysOut() {
    tokens.revoke("root");
    try {
      var refused = gateway.admin().post(JOBS, TWO);

      assertThat(refused.outcome()).isEqualTo("403 M_FORBIDDEN");
      assertThat(refused.json().path("error").asText())
          .contains("it is about 2 accounts, more than 1")
          .contains("jobs:approve")
          .contains("bailiff up --approvals off");
      assertThat(gateway.admin().delete("/_synapse/admin/v1/rooms/" + Seed.ROOM, "{}").outcome())
          .as("a room with two members")
          .isEqualTo("403 M_FORBIDDEN");
      assertThat(
              gateway
                  .admin()
                  .post(
                      JOBS,
                      "{\"kind\": \"deactivate-users\", \"reason\": \"r\", \"filter\": {\"user_id\": \"@*\"}}")
                  .outcome())
          .isEqualTo("403 M_FORBIDDEN");
      assertThat(gateway.admin().post(JOBS, TWO.replace("\"@a:chat.example\", ", "")).status())
          .as("one account needs none")
          .isEqualTo(202);
      assertThat(gateway.admin().get(JOBS).json().path("jobs")).hasSize(1);
      client("own", Seed.ADMIN);
      assertThat(gateway.admin().post(JOBS, TWO).status()).as("an own token").isEqualTo(403);
      client("bob", null);
      assertThat(gateway.admin().post(JOBS, TWO).status()).isEqualTo(202);
    } finally {
      Seed.operator(gateway.jdbi());
    }
  }

  /** A waiting call is not kept waiting for a person. */
  @Test
  void aCallOfTheAdminApiThatNeedsAnApprovalIsAnsweredAtOnce() throws Exception {
    var call =
        CompletableFuture.supplyAsync(
            () ->
                gateway
                    .admin()
                    .with("Prefer: wait=600")
                    .delete("/_synapse/admin/v1/rooms/" + Seed.ROOM, "{}"));
    var job =
        Awaitility.await()
            .until(
                () ->
                    gateway.admin().get(JOBS).json().path("jobs").path(0).path("job_id").asText(""),
                id -> !id.isEmpty());
    var weighed = count(job, 0, Counted.one(Numbers.of("largest_room", 2)), "weigh");
    count(weighed, Counted.one(Numbers.of("rooms", 1)));

    var reply = call.get();

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("status").asText()).isEqualTo("scheduled");
    assertThat(reply.headers()).containsEntry("Location", JOBS + "/" + job);
    var shown = gateway.admin().get(JOBS + "/" + job).json().path("approval");
    assertThat(shown.path("why").asText())
        .isEqualTo("it is about a room with 2 members, more than 1");
    assertThat(shown.path("numbers").toString()).isEqualTo("{\"largest_room\":2,\"rooms\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "approve; {\"plan\": \"1\"}; 400 M_BAD_JSON",
        "approve; {\"plans\": 1}; 400 M_INVALID_PARAM",
        "approve; {\"plan\": 2}; 409 M_UNKNOWN",
        "reject; {}; 400 M_MISSING_PARAM",
        "reject; {\"reason\": \" \"}; 400 M_INVALID_PARAM",
        "reject; {\"reason\": 1}; 400 M_BAD_JSON"
      })
  void whatCannotBeReadChangesNothing(String call, String body, String outcome) {
    var job = waiting(TWO, gateway.admin());

    assertThat(client("bob", null).post(JOBS + "/" + job + "/" + call, body).outcome())
        .isEqualTo(outcome);
    assertThat(gateway.admin().get(JOBS + "/" + job).json().path("status").asText())
        .isEqualTo("awaiting_approval");
  }

  @Test
  void aRejectedJobShowsWhoAndWhy() {
    var job = waiting(TWO, gateway.admin());

    client("bob", null).post(JOBS + "/" + job + "/reject", "{\"reason\": \"ask legal\"}");

    var shown = gateway.admin().get(JOBS + "/" + job).json();
    assertThat(shown.path("status").asText()).isEqualTo("cancelled");
    assertThat(shown.path("error").path("error").asText())
        .isEqualTo("token:bob rejected the job: ask legal");
    assertThat(shown.path("approval").path("rejected_by").asText()).isEqualTo("token:bob");
    assertThat(gateway.admin().post(JOBS + "/" + job + "/resume", "").outcome())
        .isEqualTo("409 M_UNKNOWN");
  }

  @Test
  void whoeverLacksTheScopeDecidesNothing() {
    var job = waiting(TWO, gateway.admin());
    var reader =
        new Client(
            gateway.port(),
            tokens.issue(
                new NewToken("reader", "", TokenTerms.of(Scopes.of(Scope.JOBS_READ)), null)));

    assertThat(reader.post(JOBS + "/" + job + "/approve", "").outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  /** A job that was counted, and waits. */
  private static String waiting(String body, Client requester) {
    var reply = requester.post(JOBS, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    var job = reply.json().path("job_id").asText();
    count(job, 0);
    return job;
  }

  private static void count(String job, int stage) {
    count(job, stage, new Counted(2, Numbers.of("accounts", 2), List.of()), "count-first");
  }

  private static Settlement count(String job, int stage, Counted counted, String name) {
    var id = JobId.parse(job).orElseThrow();
    var kind = store().reader().find(id).orElseThrow().kind().name();
    var command = new SegmentCommand(SegmentCommand.VERSION, id.value(), kind, stage, 0, 0, null);
    var segment = store().leases().lease(command, 1, "me", STAGES).orElseThrow();
    assertThat(segment.stage()).isEqualTo(name);
    return record(segment.lease(), counted);
  }

  private static void count(Settlement opened, Counted counted) {
    record(((Settlement.Leased) opened).segment().lease(), counted);
  }

  private static Settlement record(Lease lease, Counted counted) {
    return store()
        .leases()
        .record(
            lease,
            new BatchRecord(
                new End.Done(),
                null,
                counted.targets(),
                0,
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
            STAGES)
        .settled();
  }

  private static JobStore store() {
    return JobStore.on(gateway.jdbi(), LeaseConfig.DEFAULT);
  }

  /** A client with a token of every scope. */
  private Client client(String name, String maker) {
    return new Client(gateway.port(), issue(name, maker, List.of(), null));
  }

  private String issue(String name, String maker, List<String> targets, Integer most) {
    return tokens.issue(
        new NewToken(name, "", new TokenTerms(Scopes.ALL, targets, most, List.of(), null), maker));
  }
}
