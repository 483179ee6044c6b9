package dev.bailiff.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.guard.GuardConfig;
import dev.bailiff.guard.Rail;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import dev.bailiff.job.TargetSource;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.testing.homeserver.UserRows;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.run.FilteredJobs;
import dev.bailiff.worker.run.OneThreadEngine;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What jobs leave alone at the moment of the work, on the own store. */
class GuardedJobsIT {
  private static final String OWN = "@admin:chat.example";
  private static final String OTHER_ADMIN = "@boss:chat.example";
  private static final String BRIDGED = "@bridge_one:chat.example";
  private static final String PROTECTED = "@vip-1:chat.example";
  private static final String NOTICES = "@notices:chat.example";
  private static final String SPAMMER = "@spammer:chat.example";
  private static final DeactivateUsersParameters KEEP = new DeactivateUsersParameters(false);

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;
  private OneThreadEngine engine;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
    execute("insert into homeserver.server (server_name) values ('chat.example')");
    var rows = new UserRows(jdbi);
    Stream.of(OWN, OTHER_ADMIN, BRIDGED, PROTECTED, NOTICES, SPAMMER).forEach(rows::account);
    execute(
        "update homeserver.account set admin = true where user_id in ('%s', '%s')"
            .formatted(OWN, OTHER_ADMIN));
    execute(
        "update homeserver.account set appservice_id = 'irc' where user_id = '" + BRIDGED + "'");
    engine =
        new OneThreadEngine(
            jdbi,
            OneThreadEngine.LEASES,
            new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none()),
            new GuardConfig(
                List.of("@vip-*:*", "!vip*"), List.of(NOTICES), GuardConfig.AdminApi.DEFAULT));
  }

  @Test
  void namedTargetsAreLeftAloneEachWithItsReason() {
    var ended =
        engine.runToEnd(
            engine.submit("deactivate-users", KEEP, OWN, BRIDGED, NOTICES, SPAMMER, PROTECTED));

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed()).containsExactly(SPAMMER);
    assertThat(reasons(ended))
        .containsExactlyInAnyOrder(
            Rail.OWN_ACCOUNT.text(OWN),
            Rail.APPLICATION_SERVICE.text(BRIDGED),
            Rail.SERVER_NOTICES.text(NOTICES),
            Rail.PROTECTED.text(PROTECTED));
  }

  @Test
  void aSingleTargetThatIsLeftAloneFailsItsJobWithTheReason() {
    var ended = engine.runToEnd(engine.submit("deactivate-users", KEEP, OWN));

    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended.error().status()).isEqualTo(403);
    assertThat(ended.error().text()).isEqualTo(Rail.OWN_ACCOUNT.text(OWN));
    assertThat(closed()).isEmpty();
  }

  /** Nobody knew what the filter would find. */
  @Test
  void whatAFilterFindsIsLeftAlone() {
    var ended =
        engine.runToEnd(
            engine.submit(
                "deactivate-users",
                KEEP,
                FilteredJobs.filter("{'user_id': '@*', 'appservice': [true, false]}")));

    assertThat(closed()).containsExactly(OTHER_ADMIN, SPAMMER);
    assertThat(reasons(ended)).hasSize(4);
  }

  @Test
  void aDryRunLeavesThemOutAndItsRunHasNoneOfThem() {
    var plan =
        engine.runToEnd(
            engine.submit(
                request(OWN, "deactivate-users", KEEP, OWN, BRIDGED, NOTICES, SPAMMER, PROTECTED)
                    .withTerms(new JobTerms(null, null, null, 3, null, null, null, true))));

    assertThat(closed()).isEmpty();
    assertThat(engine.store().plans().leftOut(plan.id(), -1, 100))
        .extracting(left -> left.target() + " " + left.reason())
        .containsExactly(
            OWN + " " + Rail.OWN_ACCOUNT.reason(),
            BRIDGED + " " + Rail.APPLICATION_SERVICE.reason(),
            NOTICES + " " + Rail.SERVER_NOTICES.reason(),
            PROTECTED + " " + Rail.PROTECTED.reason());
    assertThat(engine.store().plans().find(plan.id()).numbers().known())
        .containsEntry("accounts", 1L);
    assertThat(engine.store().plans().targets(plan.id()).open().next(10)).containsExactly(SPAMMER);
  }

  @Test
  void ofAllServerAdminsTheLastOneStays() {
    var ended =
        engine.runToEnd(
            engine.submit(request("token:bot", "deactivate-users", KEEP, OWN, OTHER_ADMIN)));

    assertThat(closed()).containsExactly(OWN);
    assertThat(reasons(ended)).containsExactly(Rail.LAST_ADMIN.text(OTHER_ADMIN));
  }

  /** The plan says so too, before the first one is closed. */
  @Test
  void thePlanCountsTheAdminsInFront() {
    var plan =
        engine.runToEnd(
            engine.submit(
                request("token:bot", "deactivate-users", KEEP, OWN, OTHER_ADMIN)
                    .withTerms(new JobTerms(null, null, null, 3, null, null, null, true))));

    assertThat(engine.store().plans().leftOut(plan.id(), -1, 100))
        .extracting(left -> left.target() + " " + left.reason())
        .containsExactly(OTHER_ADMIN + " " + Rail.LAST_ADMIN.reason());
  }

  @Test
  void forceOverridesAllButTheOwnAccountAndTheLastAdmin() {
    execute("update homeserver.account set admin = false where user_id = '" + OWN + "'");
    var ended =
        engine.runToEnd(
            forced(Set.of(Rail.FORCED), OWN, BRIDGED, OTHER_ADMIN, NOTICES, SPAMMER, PROTECTED));

    assertThat(closed()).containsExactly(BRIDGED, NOTICES, SPAMMER, PROTECTED);
    assertThat(reasons(ended))
        .containsExactlyInAnyOrder(Rail.OWN_ACCOUNT.text(OWN), Rail.LAST_ADMIN.text(OTHER_ADMIN));
  }

  /** As calls of the admin API are stored where the configuration switches these rails off. */
  @Test
  void railsThatAreWaivedDoNotHold() {
    execute("update homeserver.account set admin = false where user_id = '" + OTHER_ADMIN + "'");
    engine.runToEnd(forced(Set.of(Rail.OWN_ACCOUNT.word(), Rail.LAST_ADMIN.word()), OWN));

    assertThat(closed()).containsExactly(OWN);
  }

  /** The steps of a recipe handle failures of their own. */
  @Test
  void noStepOfARecipeTouchesThem() {
    var everything = new CleanUpUsersParameters(null, null, null, null, null, null, null);
    engine.runToEnd(engine.submit("clean-up-users", everything, OWN, SPAMMER, PROTECTED));

    assertThat(closed()).containsExactly(SPAMMER);
    assertThat(users("suspended")).containsExactly(SPAMMER);
  }

  @Test
  void aProtectedRoomIsNotEvenBlocked() {
    var block = new DeleteRoomsParameters(null, null, null, true, null, null, null, null);
    var ended = engine.runToEnd(engine.submit("delete-rooms", block, "!bad:x", "!vip:x"));

    assertThat(reasons(ended)).containsExactly(Rail.PROTECTED.text("!vip:x"));
    List<String> blocked =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select room_id from homeserver.blocked_room")
                    .mapTo(String.class)
                    .list());
    assertThat(blocked).containsExactly("!bad:x");
  }

  private JobId forced(Set<String> waived, String... targets) {
    var accepted =
        (Acceptance.Accepted)
            engine
                .store()
                .acceptance()
                .accept(
                    request(OWN, "deactivate-users", KEEP, targets),
                    (target, sink) -> sink.add(Rail.WAIVED, List.copyOf(waived)));
    return accepted.job();
  }

  private static JobRequest request(
      String requester, String kind, Record parameters, String... targets) {
    var admin = FilteredJobs.request(kind, parameters, JobOrigin.LIST);
    return new JobRequest(
        admin.parameters(),
        TargetSource.of(List.of(targets)),
        requester,
        requester.startsWith("@") ? requester : "@bailiff:chat.example",
        JobTerms.USUAL,
        JobOrigin.LIST,
        false,
        null);
  }

  private List<String> reasons(JobView job) {
    return engine.store().parts().failures(job.id(), 0, 100).stream()
        .map(JobView.FailureView::text)
        .toList();
  }

  private List<String> closed() {
    return users("deactivated");
  }

  private List<String> users(String condition) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select user_id from homeserver.account where "
                        + condition
                        + " order by user_id")
                .mapTo(String.class)
                .list());
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
