package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.ApprovalTerms;
import dev.bailiff.job.Approver;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.JobApprovals.Answer;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs of real kinds that need an approval: what is counted, and that nothing is done before. */
class ApprovalIT {
  private static final Approver BOB = new Approver("token:bob", Set.of("token:bob"));
  private static final DeactivateUsersParameters KEEP = new DeactivateUsersParameters(false);
  private static final DeleteRoomsParameters SHUT =
      new DeleteRoomsParameters(null, null, null, null, null, null, null, null);

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private OneThreadEngine engine;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
    engine = engine(new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none()));
  }

  private OneThreadEngine engine(Homeserver homeserver) {
    return new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);
  }

  /** The filter matches one account more between plan and approval: nobody approved that one. */
  @Test
  void exactlyTheTargetsOfThePlanAreWorked() {
    var job = submit("deactivate-users", KEEP, FilteredJobs.filter("{'user_id': '@crypto-*'}"), 20);
    var waiting = waiting(job);
    assertThat(names(waiting)).containsExactly("find", "count-first");
    assertThat(waiting.approval().numbers().path("accounts").asInt()).isEqualTo(24);
    assertThat(deactivated()).as("nothing is done yet").isZero();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into homeserver.account (user_id, created_at) values ('@crypto-gain-99:chat.example', 1)"));

    approve(job);
    var ended = engine.runToEnd(job);

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.targetCount()).isEqualTo(24);
    assertThat(deactivated()).isEqualTo(24);
    engine.assertCompletedAndGone(ended);
  }

  @Test
  void aRoomWithManyMembersIsCountedAndASmallOneGoesOn() {
    var large =
        text(
            "select room_id from homeserver.membership where membership = 'join' group by 1 order by count(*) desc, 1 limit 1");
    var small =
        text(
            "select room_id from homeserver.membership where membership = 'join' group by 1 order by count(*), 1 limit 1");
    long members =
        count("homeserver.membership where membership = 'join' and room_id = '" + large + "'");
    int most = (int) members - 1;

    long events = count("homeserver.event where room_id in ('" + large + "', '" + small + "')");

    var job = submit("delete-rooms", SHUT, JobOrigin.LIST, most, large, small);
    var waiting = waiting(job);
    var other = engine.runToEnd(submit("delete-rooms", SHUT, JobOrigin.LIST, most, small));

    assertThat(names(waiting)).containsExactly("weigh", "count-first");
    var numbers = waiting.approval().numbers();
    assertThat(numbers.path("largest_room").asLong()).isEqualTo(members);
    assertThat(numbers.path("rooms").asLong()).isEqualTo(2);
    assertThat(numbers.path("events").asLong()).isEqualTo(events);
    assertThat(names(other)).startsWith("weigh", "plan");
    assertThat(other.approval()).isNull();
    approve(job);
    var ended = engine.runToEnd(job);
    assertThat(names(ended)).startsWith("weigh", "count-first", "weigh", "count-first", "plan");
    assertThat(count("homeserver.event where room_id = '" + large + "'")).isZero();
  }

  @Test
  void aRemoteHomeserverIsWeighedByItsOwnNumbers() {
    engine = engine(new RemoteHomeserverFake(new RemoteConditions()));
    var job = submit("delete-rooms", SHUT, JobOrigin.LIST, -1, "!nobody-knows:chat.example");

    var waiting = waiting(job);

    assertThat(waiting.approval().numbers().path("largest_room").asInt(-1)).isZero();
  }

  private void approve(JobId job) {
    assertThat(engine.store().approvals().approve(job, BOB, 1)).isInstanceOf(Answer.Done.class);
  }

  private JobView waiting(JobId job) {
    return engine.run(job, view -> view.status() == JobStatus.AWAITING_APPROVAL);
  }

  private JobId submit(
      String kind, Record parameters, JobOrigin origin, int most, String... targets) {
    return engine.submit(
        FilteredJobs.request(kind, parameters, origin)
            .withTargets(TargetSource.of(List.of(targets)))
            .approvedBy(
                new ApprovalTerms(
                    null,
                    most,
                    null,
                    most,
                    List.of("@admin:chat.example"),
                    Duration.ofDays(7),
                    true)));
  }

  private long deactivated() {
    return count("homeserver.account where deactivated and user_id like '@crypto-%'");
  }

  private static List<String> names(JobView job) {
    return job.stages().stream().map(stage -> stage.name()).toList();
  }

  private @Nullable String text(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  private long count(String from) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + from).mapTo(Long.class).one());
  }
}
