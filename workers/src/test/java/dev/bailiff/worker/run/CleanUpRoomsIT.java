package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import dev.bailiff.job.JobView.FailureView;
import dev.bailiff.job.JobView.TargetView;
import dev.bailiff.schemas.kind.CleanUpRoomsParameters;
import dev.bailiff.schemas.kind.OnStepFailure;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code clean-up-rooms} on the own store: each step on and off, and steps that fail. */
class CleanUpRoomsIT {
  private static final String ADA = "@ada:chat.example";
  private static final String NEXT = "{\"via\":[\"chat.example\"]}";
  private static final JobTerms DRY =
      new JobTerms(null, null, null, JobTerms.USUAL_PRIORITY, null, null, null, true);

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private OneThreadEngine engine;

  /** A room with members and aliases, and another one. */
  private String room;

  private String other;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle ->
            handle.execute("update homeserver.account set suspended = false where suspended"));
    engine =
        new OneThreadEngine(
            jdbi,
            OneThreadEngine.LEASES,
            new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none()));
    var rooms =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select a.room_id from homeserver.room_alias a
                          join homeserver.membership m on m.room_id = a.room_id and m.membership = 'join'
                         where m.user_id like '@crypto%' and a.room_id not in (select room_id from homeserver.blocked_room)
                         group by a.room_id order by count(*) desc, a.room_id limit 2
                        """)
                    .mapTo(String.class)
                    .list());
    room = rooms.get(0);
    other = rooms.get(1);
  }

  private JobView run(CleanUpRoomsParameters parameters, String... rooms) {
    return engine.runToEnd(engine.submit("clean-up-rooms", parameters, rooms));
  }

  @Test
  void everyStepIsDoneForEveryRoom() {
    var ended = run(CleanUpRoomsParameters.usual(), room, other);

    engine.assertCompletedAndGone(ended);
    assertThat(ended.stages())
        .extracting(JobView.StageView::name)
        .containsExactly("plan", "shut-down", "move-aliases", "purge", "close-room", "verify");
    assertThat(List.of(room, other))
        .allSatisfy(
            one -> {
              assertThat(count("blocked_room", one)).isEqualTo(1);
              assertThat(count("event", one)).isZero();
              assertThat(count("membership", one)).isZero();
              assertThat(count("room_alias", one)).isZero();
              assertThat(count("room", one)).isZero();
            });
  }

  @ParameterizedTest
  @CsvSource({"true, false, false", "false, true, false", "true, true, false", "false, true, true"})
  void onlyTheStepsAskedForAreDone(boolean block, boolean shutDown, boolean purge) {
    long members = joined(room);
    assertThat(members).isPositive();

    var ended =
        run(
            new CleanUpRoomsParameters(block, shutDown, null, null, null, purge, null, null, null),
            room);

    engine.assertCompletedAndGone(ended);
    assertThat(count("blocked_room", room)).isEqualTo(block ? 1 : 0);
    assertThat(joined(room)).isEqualTo(shutDown ? 0 : members);
    assertThat(count("room", room)).isEqualTo(purge ? 0 : 1);
    if (!purge) {
      assertThat(count("event", room)).isPositive();
    }
  }

  @Test
  void aliasesMoveIfAskedFor() {
    long aliases = count("room_alias", room);

    var ended = run(moving(null), room);

    engine.assertCompletedAndGone(ended);
    var replacement = target(ended, room).facts().get("new_room_id");
    assertThat(count("room_alias", room)).isZero();
    assertThat(count("room_alias", replacement)).isEqualTo(aliases).isPositive();
  }

  /** The filter is the one that a gateway makes of the listed space. */
  @Test
  void roomsOfASpaceAreCountedAndCleanedUpWithItOnAllLevels() {
    var outer = space("!outer:chat.example");
    var inner = space("!inner:chat.example");
    outer.state("m.space.child", inner.id(), NEXT);
    inner.state("m.space.child", room, NEXT);
    var request =
        FilteredJobs.request(
            "clean-up-rooms",
            new CleanUpRoomsParameters(null, null, null, null, null, null, null, null, true),
            FilteredJobs.filter("{'in_space': '!outer:chat.example'}"));

    var dry = engine.runToEnd(engine.submit(request.withTerms(DRY)));
    var ended = engine.runToEnd(engine.submit(request));

    assertThat(engine.store().plans().find(dry.id()).numbers().known()).containsEntry("rooms", 3L);
    engine.assertCompletedAndGone(ended);
    assertThat(ended.stages()).first().extracting(JobView.StageView::name).isEqualTo("resolve");
    assertThat(engine.store().parts().targets(ended.id(), -1, 100))
        .extracting(TargetView::target)
        .isSorted()
        .containsExactlyInAnyOrder(inner.id(), outer.id(), room);
    assertThat(List.of(inner.id(), outer.id(), room))
        .allSatisfy(one -> assertThat(count("room", one)).isZero());
    assertThat(count("room", other)).isEqualTo(1);
  }

  private MadeRoom space(String id) {
    return MadeRoom.of(jdbi, id, "10", ADA, "{\"room_version\":\"10\",\"type\":\"m.space\"}");
  }

  /** A suspended member leaves, but cannot join the replacement: the shutdown fails for them. */
  @Test
  void roomWhoseShutdownFailsIsNotPurgedAndTheOtherIs() {
    suspendAMember();

    var ended = run(moving(OnStepFailure.SKIP_TARGET), room, other);

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(failures(ended))
        .singleElement()
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("M_USER_SUSPENDED"));
    var failed = target(ended, room);
    assertThat(failed.failed()).isFalse();
    assertThat(failed.facts())
        .containsEntry("failed_shut_down", "M_USER_SUSPENDED")
        .containsEntry("skipped_after", "shut_down");
    assertThat(failed.verdict()).isEqualTo("left-over");
    assertThat(failed.leftOver()).isNotEmpty().allMatch(thing -> thing.startsWith("purge: "));
    assertThat(count("event", room)).as("not purged").isPositive();
    assertThat(count("room_alias", room)).as("nor were aliases moved").isPositive();
    assertThat(count("blocked_room", room)).as("the earlier step was done").isEqualTo(1);
    assertThat(joined(room)).as("and the rest of this one").isZero();
    assertThat(target(ended, other).verdict()).isEqualTo("gone");
    assertThat(count("room", other)).isZero();
  }

  @Test
  void roomWhoseShutdownFailsIsPurgedIfAskedFor() {
    suspendAMember();

    var ended = run(moving(OnStepFailure.GO_ON), room);

    assertThat(failures(ended)).hasSize(1);
    assertThat(target(ended, room).facts())
        .containsEntry("failed_shut_down", "M_USER_SUSPENDED")
        .doesNotContainKey("skipped_after");
    assertThat(target(ended, room).verdict()).isEqualTo("gone");
    assertThat(count("room", room)).isZero();
  }

  /** Whoever asks for a purge without a shutdown does not mean to throw members out. */
  @ParameterizedTest
  @CsvSource({"SKIP_TARGET, 1", "GO_ON, 2"})
  void roomWithMembersIsNotPurgedAlone(OnStepFailure choice, int failed) {
    long events = count("event", room);

    var ended =
        run(
            new CleanUpRoomsParameters(
                false, false, null, null, null, null, null, choice.word(), null),
            room);

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(failures(ended)).hasSize(failed);
    assertThat(target(ended, room).verdict()).isEqualTo("left-over");
    assertThat(count("event", room)).isEqualTo(events);
  }

  private static CleanUpRoomsParameters moving(@Nullable OnStepFailure choice) {
    return new CleanUpRoomsParameters(
        null, null, ADA, null, null, null, null, choice == null ? null : choice.word(), null);
  }

  private void suspendAMember() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update homeserver.account set suspended = true
                 where user_id = (select min(m.user_id) from homeserver.membership m
                                   where m.room_id = ? and m.membership = 'join' and m.user_id like '@crypto%'
                                     and not exists (select from homeserver.membership o
                                                      where o.room_id = ? and o.user_id = m.user_id))
                """,
                room, other));
  }

  private List<FailureView> failures(JobView ended) {
    return engine.store().parts().failures(ended.id(), 0, 100);
  }

  private TargetView target(JobView ended, String id) {
    return engine.store().parts().targets(ended.id(), -1, 100).stream()
        .filter(target -> target.target().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private long joined(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .select(
                    "select count(*) from homeserver.membership where room_id = ? and membership = 'join'"
                        + " and user_id like '%:chat.example'",
                    id)
                .mapTo(Long.class)
                .one());
  }

  private long count(String table, String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .select("select count(*) from homeserver." + table + " where room_id = ?", id)
                .mapTo(Long.class)
                .one());
  }
}
