package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.identity.Unbinding;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.JobView.FailureView;
import dev.bailiff.job.JobView.TargetView;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.OnStepFailure;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.AccountTraces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code clean-up-users} on the own store: each step on and off, and steps that fail. */
class CleanUpUsersIT {
  private static final String[] SPAMMERS =
      IntStream.range(0, 24)
          .mapToObj("@crypto-gain-%02d:chat.example"::formatted)
          .toArray(String[]::new);

  /** Has addresses, media and rooms. */
  private static final String ADA = "@ada:chat.example";

  private static final String BETWEEN = "@crypto-gain-01:chat.example";
  private static final String UNKNOWN = "@crypto-gain-99:chat.example";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();
  @TempDir Path media;

  private Jdbi jdbi;

  @BeforeEach
  void importTheCommunity() {
    jdbi = Database.jdbi(postgres.dataSource());
    Community.importInto(jdbi, media);
  }

  private OneThreadEngine engine(MediaFiles files, IdentityServers identityServers) {
    return new OneThreadEngine(
        jdbi,
        OneThreadEngine.LEASES,
        new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), identityServers, files));
  }

  private OneThreadEngine engine() {
    return engine(new LocalMediaFiles(media), IdentityServers.none());
  }

  private AccountTraces traces(String... users) {
    return new AccountTraces(jdbi, users);
  }

  private static CleanUpUsersParameters on(OnStepFailure choice) {
    return new CleanUpUsersParameters(null, null, null, null, null, "spam", choice.word());
  }

  @Test
  void everyStepIsDoneForEveryUser() {
    var before = traces(SPAMMERS);
    assertThat(before.unredacted()).isGreaterThan(2000);
    assertThat(before.media()).isGreaterThan(100);
    var others = traces(ADA, "@faye:chat.example", "@hugo:chat.example");
    long othersEvents = others.unredacted();
    long othersMedia = others.media();
    var engine = engine();

    var ended =
        engine.runToEnd(engine.submit("clean-up-users", CleanUpUsersParameters.usual(), SPAMMERS));

    engine.assertCompletedAndGone(ended);
    assertThat(ended.stages())
        .extracting(JobView.StageView::name)
        .containsExactly(
            "plan",
            "suspend",
            "find-rooms",
            "redact",
            "delete-media",
            "close-account",
            "leave-rooms",
            "verify");
    var after = traces(SPAMMERS);
    assertThat(after.unsuspended()).isZero();
    assertThat(after.unredacted()).as("also in rooms that were left").isZero();
    assertThat(after.redactedTwice()).isZero();
    assertThat(after.media()).isZero();
    assertThat(after.active()).isZero();
    assertThat(after.joinedRooms()).isZero();
    assertThat(after.notErased()).as("nobody asked for that").isEqualTo(SPAMMERS.length);
    assertThat(others.unredacted()).isEqualTo(othersEvents);
    assertThat(others.media()).isEqualTo(othersMedia);
    assertThat(others.active()).isEqualTo(3);
  }

  /** Each step alone, the erasure with the step that it belongs to, and all but one. */
  @ParameterizedTest
  @CsvSource({
    "true, false, false, false, false",
    "false, true, false, false, false",
    "false, false, true, false, false",
    "false, false, false, true, false",
    "false, false, false, true, true",
    "false, true, true, true, false",
    "true, false, true, true, false",
    "true, true, false, true, false",
    "true, true, true, false, false"
  })
  void onlyTheStepsAskedForAreDone(
      boolean suspend, boolean redact, boolean deleteMedia, boolean deactivate, boolean erase) {
    var before = traces(ADA);
    long events = before.unredacted();
    long files = before.media();
    long rooms = before.joinedRooms();
    assertThat(List.of(events, files, rooms)).allSatisfy(n -> assertThat(n).isPositive());
    var engine = engine();

    var ended =
        engine.runToEnd(
            engine.submit(
                "clean-up-users",
                new CleanUpUsersParameters(
                    suspend, redact, deleteMedia, deactivate, erase, null, null),
                ADA));

    engine.assertCompletedAndGone(ended);
    var after = traces(ADA);
    assertThat(after.unsuspended()).isEqualTo(suspend ? 0 : 1);
    // Leaving a room is no event that is redacted.
    assertThat(after.unredacted()).isEqualTo(redact ? 0 : events);
    assertThat(after.media()).isEqualTo(deleteMedia ? 0 : files);
    assertThat(after.active()).isEqualTo(deactivate ? 0 : 1);
    assertThat(after.joinedRooms()).isEqualTo(deactivate ? 0 : rooms);
    assertThat(after.notErased()).isEqualTo(erase ? 0 : 1);
  }

  @Test
  void userWhoseStepFailsInTheMiddleIsSkippedAndTheOthersAreNot() {
    var medium = mediumOf(BETWEEN);
    var engine = engine(new RefusingFiles(new LocalMediaFiles(media), medium), noServers());

    var ended =
        engine.runToEnd(engine.submit("clean-up-users", on(OnStepFailure.SKIP_TARGET), SPAMMERS));

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(failures(engine, ended))
        .singleElement()
        .satisfies(failure -> assertThat(failure.item()).isEqualTo(medium));
    var between = target(engine, ended, BETWEEN);
    assertThat(between.failed()).isFalse();
    assertThat(between.facts())
        .containsEntry("failed_delete_media", "M_UNKNOWN")
        .containsEntry("skipped_after", "delete_media");
    assertThat(between.verdict()).isEqualTo("left-over");
    assertThat(between.leftOver())
        .contains("delete_media: 1 medium", "deactivate: 1 active account")
        .noneMatch(thing -> thing.startsWith("redact") || thing.startsWith("suspend"));
    assertThat(traces(BETWEEN).active()).as("the later steps were not done").isEqualTo(1);
    assertThat(traces(BETWEEN).joinedRooms()).isPositive();
    assertThat(traces(BETWEEN).unredacted()).as("the earlier ones were").isZero();
    assertThat(traces(BETWEEN).media()).as("and what could be done of this one").isEqualTo(1);
    assertOthersGone(engine, ended);
  }

  @Test
  void userWhoseStepFailsInTheMiddleGoesOnIfAskedFor() {
    var medium = mediumOf(BETWEEN);
    var engine = engine(new RefusingFiles(new LocalMediaFiles(media), medium), noServers());

    var ended = engine.runToEnd(engine.submit("clean-up-users", on(OnStepFailure.GO_ON), SPAMMERS));

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(failures(engine, ended)).hasSize(1);
    var between = target(engine, ended, BETWEEN);
    assertThat(between.facts())
        .containsEntry("failed_delete_media", "M_UNKNOWN")
        .doesNotContainKey("skipped_after");
    assertThat(between.leftOver()).containsExactly("delete_media: 1 medium");
    assertThat(traces(BETWEEN).active()).isZero();
    assertThat(traces(BETWEEN).joinedRooms()).isZero();
    assertOthersGone(engine, ended);
  }

  /** The only target of a job, too, gets its verdict. */
  @Test
  void onlyUserWhoseStepFailsIsVerified() {
    var engine =
        engine(new RefusingFiles(new LocalMediaFiles(media), mediumOf(BETWEEN)), noServers());

    var ended =
        engine.runToEnd(engine.submit("clean-up-users", on(OnStepFailure.SKIP_TARGET), BETWEEN));

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(target(engine, ended, BETWEEN).verdict()).isEqualTo("left-over");
  }

  @ParameterizedTest
  @CsvSource({"SKIP_TARGET, 1", "GO_ON, 2"})
  void unknownUserFailsInEachStepThatIsTried(OnStepFailure choice, int failed) {
    var engine = engine();

    var ended = engine.runToEnd(engine.submit("clean-up-users", on(choice), BETWEEN, UNKNOWN));

    assertThat(failures(engine, ended))
        .hasSize(failed)
        .allSatisfy(
            failure -> {
              assertThat(failure.item()).isEqualTo(UNKNOWN);
              assertThat(failure.code()).isEqualTo("M_NOT_FOUND");
            });
    assertThat(target(engine, ended, UNKNOWN).facts())
        .containsEntry("known", "false")
        .containsEntry("failed_suspend", "M_NOT_FOUND");
    assertThat(target(engine, ended, BETWEEN).verdict()).isEqualTo("gone");
  }

  /** Otherwise an account that may be used again would have lost its rooms. */
  @ParameterizedTest
  @CsvSource({"SKIP_TARGET", "GO_ON"})
  void whoseAccountCannotBeClosedStaysInTheRooms(OnStepFailure choice) {
    long rooms = traces(ADA).joinedRooms();
    var engine =
        engine(
            new LocalMediaFiles(media),
            threepids -> threepids.stream().map(any -> Unbinding.FAILED).toList());

    var ended = engine.runToEnd(engine.submit("clean-up-users", on(choice), ADA, BETWEEN));

    assertThat(failures(engine, ended))
        .singleElement()
        .satisfies(failure -> assertThat(failure.item()).isEqualTo(ADA));
    assertThat(traces(ADA).active()).isEqualTo(1);
    assertThat(traces(ADA).joinedRooms()).isEqualTo(rooms).isPositive();
    assertThat(target(engine, ended, ADA).leftOver())
        .contains("deactivate: 1 active account")
        .allMatch(thing -> thing.startsWith("deactivate: "));
    assertThat(traces(BETWEEN).joinedRooms()).isZero();
  }

  @Test
  void eventsThatAreWrittenBetweenAcceptanceAndSuspensionAreRedactedToo() {
    var engine = engine();
    var job = engine.submit("clean-up-users", CleanUpUsersParameters.usual(), BETWEEN);
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into homeserver.event
                  (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
                select nextval('homeserver.event_stream_ordering'), 9000, 1, r.room_id, '$late', 'm.room.message', ?,
                       '{"body":"more"}'
                  from homeserver.room r
                 where not exists (select from homeserver.event e where e.room_id = r.room_id and e.sender = ?)
                 order by r.room_id limit 1
                """,
                BETWEEN,
                BETWEEN));

    var ended = engine.runToEnd(job);

    engine.assertCompletedAndGone(ended);
    assertThat(traces(BETWEEN).unredacted()).isZero();
  }

  @Test
  void usersBelongToTheJobFromItsPlanToItsEnd() {
    var claims = new ArrayList<String>();
    var homeserver =
        new PostgresHomeserver(
            jdbi, StoreTimeouts.defaults(), IdentityServers.none(), new LocalMediaFiles(media));
    var engine =
        new OneThreadEngine(
            jdbi,
            OneThreadEngine.LEASES,
            homeserver,
            new RunListener() {
              @Override
              public void stageEnded(String kind, String stage) {
                claims.add(stage + " " + claims());
              }
            });

    var ended =
        engine.runToEnd(
            engine.submit("clean-up-users", CleanUpUsersParameters.usual(), BETWEEN, ADA));

    engine.assertCompletedAndGone(ended);
    assertThat(claims).contains("plan 2", "redact 2", "delete-media 2", "close-account 2");
    assertThat(claims()).as("given back").isZero();
  }

  private void assertOthersGone(OneThreadEngine engine, JobView ended) {
    assertThat(engine.store().parts().targets(ended.id(), -1, 100))
        .hasSize(SPAMMERS.length)
        .filteredOn(target -> !target.target().equals(BETWEEN))
        .allSatisfy(
            target ->
                assertThat(target.verdict())
                    .as("%s %s", target.target(), target.leftOver())
                    .isEqualTo("gone"));
  }

  private static IdentityServers noServers() {
    return IdentityServers.none();
  }

  private static List<FailureView> failures(OneThreadEngine engine, JobView ended) {
    return engine.store().parts().failures(ended.id(), 0, 100);
  }

  private static TargetView target(OneThreadEngine engine, JobView ended, String user) {
    return engine.store().parts().targets(ended.id(), -1, 100).stream()
        .filter(target -> target.target().equals(user))
        .findFirst()
        .orElseThrow();
  }

  private String mediumOf(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .select(
                    "select media_id from homeserver.local_media where user_id = ? order by 1 limit 1",
                    user)
                .mapTo(String.class)
                .one());
  }

  private long claims() {
    return jdbi.withHandle(
        handle -> handle.select("select count(*) from jobs.claim").mapTo(Long.class).one());
  }

  /** A folder in which one file cannot be deleted. */
  private record RefusingFiles(MediaFiles files, String refused) implements MediaFiles {
    @Override
    public long put(String mediaId, InputStream content) {
      return files.put(mediaId, content);
    }

    @Override
    public void putThumbnail(String mediaId, String name, InputStream content) {
      files.putThumbnail(mediaId, name, content);
    }

    @Override
    public boolean has(String mediaId) {
      return files.has(mediaId);
    }

    @Override
    public boolean delete(String mediaId) {
      if (mediaId.equals(refused)) {
        throw new UncheckedIOException(new IOException("read-only"));
      }
      return files.delete(mediaId);
    }
  }
}
