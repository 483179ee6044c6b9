package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobPlan;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import dev.bailiff.job.TargetSource;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What dry runs of each kind count on the own store, and that they change nothing. */
class DryRunIT {
  private static final String SPAMMER = "@crypto-gain-01:chat.example";
  private static final String NOBODY = "@nobody-knows:chat.example";
  private static final DeactivateUsersParameters KEEP = new DeactivateUsersParameters(false);
  private static final RedactEventsParameters EVERYWHERE =
      new RedactEventsParameters(List.of(), null, null, null, null, null);
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

  @Test
  void accountsAndTheRoomsThatTheyWouldLeave() {
    var plan = dryRun("deactivate-users", KEEP, SPAMMER, "@ada:chat.example", NOBODY);

    assertThat(plan.known()).containsEntry("accounts", 2L);
    assertThat(plan.leftOut()).containsExactly(NOBODY + ": no such user is known");
    var run = run(plan, "deactivate-users", KEEP);
    assertThat(run.targetCount()).isEqualTo(2);
    assertThat(done(run, "leave-rooms")).isEqualTo(plan.known().get("memberships")).isPositive();
  }

  @Test
  void whatIsDoneAlreadyIsLeftOut() {
    engine.runToEnd(engine.submit("deactivate-users", KEEP, SPAMMER));

    var plan = dryRun("deactivate-users", KEEP, SPAMMER);

    assertThat(plan.leftOut())
        .containsExactly(SPAMMER + ": is deactivated already, and in no room");
    assertThat(dryRun("deactivate-users", new DeactivateUsersParameters(true), SPAMMER).leftOut())
        .as("it is not erased")
        .isEmpty();
  }

  @Test
  void eventsThatAreNotRedacted() {
    var plan = dryRun("redact-events", EVERYWHERE, SPAMMER, "@ada:chat.example", NOBODY);

    assertThat(plan.leftOut()).containsExactly(NOBODY + ": no such user is known");
    // The engine of this test stores no rooms at acceptance; a filter has them found by a stage.
    var run = redactByFilter();
    assertThat(dryRun("redact-events", EVERYWHERE, SPAMMER).known().get("events"))
        .as("all are redacted now")
        .isZero();
    assertThat(run).isPositive();
    assertThat(plan.known().get("events")).isGreaterThanOrEqualTo(run);
  }

  @Test
  void eventsAreAsManyAsTheJobRedacts() {
    var plan = dryRun("redact-events", EVERYWHERE, SPAMMER);

    assertThat(redactByFilter()).isEqualTo(plan.known().get("events"));
  }

  private long redactByFilter() {
    var ended =
        engine.runToEnd(
            engine.submit(
                "redact-events",
                EVERYWHERE,
                FilteredJobs.filter("{'user_id': '" + SPAMMER + "'}")));
    return done(ended, "redact");
  }

  @Test
  void membersAndEventsOfRooms() {
    var room = room();
    var plan = dryRun("delete-rooms", SHUT, room, "!nobody:chat.example");

    assertThat(plan.known()).containsEntry("rooms", 1L);
    assertThat(plan.known().get("events"))
        .isEqualTo(count("homeserver.event where room_id = '" + room + "'"))
        .isPositive();
    assertThat(plan.leftOut()).containsExactly("!nobody:chat.example: no such room is known");
  }

  @Test
  void aRoomThatNobodyKnowsCanBeBlocked() {
    var block = new DeleteRoomsParameters(null, null, null, true, null, null, null, null);

    assertThat(dryRun("delete-rooms", block, "!nobody:chat.example").leftOut()).isEmpty();
  }

  @Test
  void historyThatWouldBeDeletedOrDetached() {
    var room = room();
    var all = new PurgeHistoryParameters(true, null, 4_000_000_000_000L, null);
    var plan = dryRun("purge-history", all, room);

    var run = engine.runToEnd(engine.submit("purge-history", all, room));

    assertThat(done(run, "purge")).isEqualTo(plan.known().get("events")).isPositive();
    assertThat(dryRun("purge-history", all, room).leftOut())
        .containsExactly(room + ": nothing in it is old enough");
  }

  @Test
  void filesAndTheirBytes() {
    var named = new DeleteMediaParameters(null, null, null, null);
    var id = text("select media_id from homeserver.local_media order by media_id limit 1");
    var user = text("select user_id from homeserver.local_media order by media_id desc limit 1");

    var one = dryRun("delete-media", named, id, "no-such-file");
    var ofUser = dryRun("delete-media", named, user, id);

    assertThat(one.known()).containsEntry("media", 1L);
    assertThat(one.known().get("bytes"))
        .isEqualTo(
            number(
                "select media_length from homeserver.local_media where media_id = '" + id + "'"));
    assertThat(one.leftOut()).containsExactly("no-such-file: no such file is known");
    assertThat(ofUser.known().get("media"))
        .isEqualTo(1 + count("homeserver.local_media where user_id = '" + user + "'"));
  }

  @Test
  void avatarsThatStayAreNotGuessed() {
    var old = new DeleteMediaParameters(4_000_000_000_000L, null, null, null);
    var all = new DeleteMediaParameters(4_000_000_000_000L, null, false, null);

    assertThat(dryRun("delete-media", old, "*").unknown()).containsExactly("bytes", "media");
    assertThat(dryRun("delete-media", old, "*").known()).containsKey("media_at_most");
    assertThat(dryRun("delete-media", all, "*").known().get("media")).isPositive();
  }

  @Test
  void whatAFilterFindsIsThePlan() {
    var filter = FilteredJobs.filter("{'user_id': '@crypto-*'}");
    var before = contents();

    var ended = end(dry("deactivate-users", KEEP, filter, List.of()));

    assertThat(contents()).isEqualTo(before);
    assertThat(ended.stages())
        .extracting(stage -> stage.name())
        .containsExactly("resolve", "dry-run");
    assertThat(ended.targetCount()).isEqualTo(24);
    assertThat(engine.store().plans().find(ended.id()).numbers().known())
        .containsEntry("accounts", 24L);
  }

  @Test
  void aHomeserverThatCannotTellIsNotGuessedFor() {
    engine = engine(new RemoteHomeserverFake(new RemoteConditions()));

    var plan = dryRun("redact-events", EVERYWHERE, SPAMMER, "@ada:chat.example");
    var accounts = dryRun("deactivate-users", KEEP, SPAMMER, NOBODY);

    assertThat(plan.unknown()).containsExactly("events");
    assertThat(plan.known()).containsExactly(Map.entry("accounts", 2L));
    assertThat(accounts.leftOut()).containsExactly(NOBODY + ": has no account here");
  }

  private record Plan(
      JobId job, Map<String, Long> known, List<String> unknown, List<String> leftOut) {}

  /** Works a dry run, and asserts that nothing but its own rows is there afterwards. */
  private Plan dryRun(String kind, Record parameters, String... targets) {
    var before = contents();
    var ended = end(dry(kind, parameters, JobOrigin.LIST, List.of(targets)));
    assertThat(contents()).isEqualTo(before);
    assertThat(count("jobs.claim")).isZero();
    assertThat(ended.stages()).extracting(stage -> stage.name()).containsExactly("dry-run");
    JobPlan plan = engine.store().plans().find(ended.id());
    return new Plan(
        ended.id(),
        plan.numbers().known(),
        List.copyOf(plan.numbers().unknown()),
        engine.store().plans().leftOut(ended.id(), -1, 100).stream()
            .map(left -> left.target() + ": " + left.reason())
            .toList());
  }

  private JobView end(JobId job) {
    var ended = engine.runToEnd(job);
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.store().parts().failures(job, 0, 10)).isEmpty();
    return ended;
  }

  private JobId dry(String kind, Record parameters, JobOrigin origin, List<String> targets) {
    return engine.submit(
        FilteredJobs.request(kind, parameters, origin)
            .withTargets(TargetSource.of(targets))
            .withTerms(
                new JobTerms(null, null, null, JobTerms.USUAL_PRIORITY, null, null, null, true)));
  }

  private JobView run(Plan plan, String kind, Record parameters) {
    return engine.runToEnd(
        engine.submit(
            FilteredJobs.request(kind, parameters, JobOrigin.plan(plan.job()))
                .withTargets(engine.store().plans().targets(plan.job()))));
  }

  private static long done(JobView ended, String stage) {
    return ended.stages().stream()
        .filter(one -> one.name().equals(stage))
        .mapToLong(one -> one.progress().done())
        .findFirst()
        .orElseThrow();
  }

  private String room() {
    return text(
        "select room_id from homeserver.event group by room_id order by count(*) desc, room_id limit 1");
  }

  /** The contents of each table of the homeserver. */
  private Map<String, String> contents() {
    return jdbi.withHandle(
        handle -> {
          var contents = new TreeMap<String, String>();
          handle
              .createQuery("select tablename from pg_tables where schemaname = 'homeserver'")
              .mapTo(String.class)
              .forEach(
                  table ->
                      contents.put(
                          table,
                          handle
                              .createQuery(
                                  "select count(*) || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from homeserver."
                                      + table
                                      + " t")
                              .mapTo(String.class)
                              .one()));
          return contents;
        });
  }

  private String text(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private long count(String from) {
    return number("select count(*) from " + from);
  }
}
