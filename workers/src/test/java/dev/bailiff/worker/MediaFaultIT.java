package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.homeserver.store.media.MediaPath;
import dev.bailiff.homeserver.store.snapshot.SnapshotImporter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.JobView.FailureView;
import dev.bailiff.job.Progress;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.testing.homeserver.MediaRows;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.maintain.RetentionConfig;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.process.TestPlace;
import dev.bailiff.worker.run.RunListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deletes media while workers are killed at the worst moments, and with a media folder that
 * refuses. The test counts the true result in the records and on the disk, and compares the job's
 * counters with it.
 */
class MediaFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path COMMUNITY = Path.of("..", "examples", "community");
  private static final DeleteMediaParameters PLAIN =
      new DeleteMediaParameters(null, null, null, null);

  private static final String HOARDER = "@hoarder:chat.example";
  private static final int HOARD = 1500;

  /** An avatar of a user. */
  private static final String AVATAR = "VMiNmsYpXLDwJHqJdnjnMtYk";

  @TempDir Path media;

  @Order(1)
  @RegisterExtension
  final PostgresExtension postgres = PostgresExtension.migrated();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka, () -> media);

  @BeforeEach
  void importTheCommunity() {
    new SnapshotImporter(Database.jdbi(postgres.dataSource()), new LocalMediaFiles(media))
        .importFrom(COMMUNITY, null, progress -> {});
  }

  @Test
  void everyRecordFileAndThumbnailIsGoneOnceAlthoughWorkersAreKilledBeforeAndBehindTheirCommits()
      throws IOException {
    hoard();
    long others = records() - HOARD;
    var first = engine.worker("first", "files-deleted:250");
    var job = engine.submit("delete-media", PLAIN, HOARDER);
    assertThat(first.awaitExit(LIMIT)).isEqualTo(137);
    assertThat(recordsWithoutFile()).as("died between files and records").isPositive();
    var second = engine.worker("second");
    second.awaitLine("batch-committed delete-media delete", LIMIT);
    second.kill();
    engine.worker("third");

    var ended = engine.awaitEnd(job);

    assertEndedOnce(ended, "gone");
    assertThat(count("homeserver.local_media where user_id = '" + HOARDER + "'")).isZero();
    assertThat(records()).as("the others' records").isEqualTo(others);
    assertThat(recordsWithoutFile()).isZero();
    assertThat(count("homeserver.local_thumbnail where media_id like 'hoard%'")).isZero();
    assertThat(filesOf("hoard")).isZero();
    assertThat(deleted(job)).as("each is listed once").isEqualTo(HOARD);
    assertThat(ended.progress()).isEqualTo(new Progress(HOARD, HOARD, 0, 0));
  }

  @Test
  void sweepKeepsAvatarsAndWhatIsSparedAlthoughAWorkerIsKilledInEachStage() {
    engine
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "update homeserver.local_media set quarantined_by = '@mod:x' where user_id = '@faye:chat.example'");
              handle.execute(
                  "update homeserver.local_media set safe_from_quarantine = true where user_id = '@cora:chat.example'");
            });
    long spared =
        count(
            "homeserver.local_media where user_id in ('@faye:chat.example', '@cora:chat.example')");
    var first = engine.worker("first", "stage-ended:keep-profiles");
    var job =
        engine.submit(
            "delete-media", new DeleteMediaParameters(Long.MAX_VALUE, null, null, null), "*");
    assertThat(first.awaitExit(LIMIT)).isEqualTo(137);
    var second = engine.worker("second", "stage-ended:delete");
    assertThat(second.awaitExit(LIMIT)).isEqualTo(137);
    engine.worker("third");

    var ended = engine.awaitEnd(job);

    assertEndedOnce(ended, "gone");
    assertThat(count("homeserver.local_media where media_id = '" + AVATAR + "'")).isEqualTo(1);
    assertThat(records()).isGreaterThan(spared).isLessThan(spared + 27);
    assertThat(recordsWithoutFile()).isZero();
    assertThat(ended.progress().done()).isEqualTo(279 - records()).isEqualTo(deleted(job));
    assertThat(ended.progress().settled()).isEqualTo(ended.progress().total());
  }

  @Test
  void whatCannotBeRemovedIsListedAndStaysAndTheOthersGoOn() throws IOException {
    hoard();
    for (int n = 0; n < 3; n++) {
      makeUndeletable(id(n));
    }
    makeThumbnailUndeletable(id(3));
    engine.worker("first");

    var ended = engine.awaitEnd(engine.submit("delete-media", PLAIN, HOARDER));

    assertEndedOnce(ended, "left-over");
    assertThat(engine.store().parts().failures(ended.id(), 0, 100))
        .extracting(FailureView::item)
        .containsExactlyInAnyOrder(id(0), id(1), id(2), id(3));
    assertThat(engine.store().parts().targets(ended.id(), -1, 1).get(0).leftOver())
        .containsExactly("4 media");
    assertThat(count("homeserver.local_media where user_id = '" + HOARDER + "'")).isEqualTo(4);
    assertThat(count("homeserver.local_thumbnail where media_id like 'hoard%'")).isEqualTo(4);
    assertThat(deleted(ended.id())).isEqualTo(HOARD - 4);
    assertThat(ended.progress()).isEqualTo(new Progress(HOARD, HOARD - 4, 4, 0));
  }

  @Test
  void folderThatIsGoneFailsEveryMediumAndLosesNoRecord() throws IOException {
    var away = media.resolveSibling(media.getFileName() + "-away");
    long before = count("homeserver.local_media where user_id = '@ada:chat.example'");
    Files.move(media, away);
    try {
      engine.worker("first");

      var ended =
          engine.awaitEnd(engine.submit("delete-media", PLAIN, "@ada:chat.example", AVATAR));

      assertEndedOnce(ended, "left-over");
      assertThat(ended.progress()).isEqualTo(new Progress(before + 1, 0, before + 1, 0));
      assertThat(count("homeserver.local_media where user_id = '@ada:chat.example'"))
          .isEqualTo(before);
      assertThat(deleted(ended.id())).isZero();
    } finally {
      Files.move(away, media);
    }
  }

  /**
   * Uses the kernel's own folder of this process as a read-only file system: its files can be read,
   * and no user can remove one, not even root.
   */
  @Test
  void whatLiesOnAReadOnlyFileSystemStaysUntilTheFolderCanBeWrittenAgain() throws IOException {
    var names = List.of("status", "limits", "cmdline");
    var link = media.resolve("media").resolve("re").resolve("ad");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("/proc/self"));
    names.forEach(name -> record("read" + name));
    engine.worker("first");

    var refused = engine.awaitEnd(engine.submit("delete-media", PLAIN, HOARDER));

    assertEndedOnce(refused, "left-over");
    assertThat(refused.progress()).isEqualTo(new Progress(3, 0, 3, 0));
    assertThat(records(HOARDER)).as("no record is lost").isEqualTo(3);
    assertThat(deleted(refused.id())).isZero();
    Files.delete(link);
    for (var name : names) {
      new LocalMediaFiles(media).put("read" + name, new ByteArrayInputStream(new byte[] {'x'}));
    }
    var done = engine.awaitEnd(engine.submit("delete-media", PLAIN, HOARDER));
    assertEndedOnce(done, "gone");
    assertThat(done.progress()).isEqualTo(new Progress(3, 3, 0, 0));
    assertThat(records(HOARDER)).isZero();
    assertThat(recordsWithoutFile()).isZero();
  }

  /**
   * Runs a worker whose process cannot write a byte into any file. That is worse than a full
   * folder: no quota, full disk or log can take more from the worker. Deletion needs no space.
   */
  @Test
  void aWorkerThatCannotWriteOneByteAnywhereDeletesAllTheSame() throws IOException {
    hoard();
    long others = records() - HOARD;
    engine.workerWithoutSpace("full").awaitLine("nothing can be written", LIMIT);

    var ended = engine.awaitEnd(engine.submit("delete-media", PLAIN, HOARDER));

    assertEndedOnce(ended, "gone");
    assertThat(records()).as("the others' records").isEqualTo(others);
    assertThat(records(HOARDER)).isZero();
    assertThat(filesOf("hoard")).isZero();
    assertThat(deleted(ended.id())).as("each is listed once").isEqualTo(HOARD);
    assertThat(ended.progress()).isEqualTo(new Progress(HOARD, HOARD, 0, 0));
  }

  @Test
  void ofTwoJobsForTheSameMediaOneDeletesEach() throws IOException {
    hoard();
    engine.worker("first");
    engine.worker("second");

    var one = engine.submit("delete-media", PLAIN, HOARDER);
    var two = engine.submit("delete-media", PLAIN, HOARDER, id(7), "not-there");
    var ended = List.of(engine.awaitEnd(one), engine.awaitEnd(two));

    assertThat(ended).allSatisfy(view -> assertEndedOnce(view, "gone"));
    assertThat(ended.stream().mapToLong(view -> view.progress().done()).sum()).isEqualTo(HOARD);
    assertThat(deleted(one) + deleted(two)).isEqualTo(HOARD);
    assertThat(ended)
        .allSatisfy(
            view -> assertThat(view.progress().settled()).isEqualTo(view.progress().total()));
    assertThat(filesOf("hoard")).isZero();
  }

  @Test
  void workerWithoutTheFolderHandsExpressCommandsToThoseWhoHaveIt() {
    try (var bare = worker("bare", null, 1);
        var able = worker("able", media.toString(), 0)) {
      var ended = engine.awaitEnd(engine.submit("delete-media", PLAIN, AVATAR));

      assertEndedOnce(ended, "gone");
      assertThat(bare.isKafkaHealthy() && able.isKafkaHealthy()).isTrue();
    }
    assertThat(new LocalMediaFiles(media).has(AVATAR)).isFalse();
  }

  private Worker worker(String name, @Nullable String folder, int expressSlots) {
    var place = engine.place();
    var settings =
        new WorkerSettings(
            place.database(),
            place.kafka(),
            new SlotsConfig(expressSlots, 1),
            TestPlace.LEASES,
            RetentionConfig.DEFAULT,
            folder,
            name);
    return Worker.start(
        settings,
        jdbi -> WorkerApplication.ownStore(jdbi, settings),
        new MetricRegistry(),
        RunListener.NONE);
  }

  /** Makes small media of one user, each with a thumbnail. */
  private void hoard() throws IOException {
    var files = new LocalMediaFiles(media);
    var bytes = "bytes".getBytes(StandardCharsets.UTF_8);
    for (int n = 0; n < HOARD; n++) {
      files.put(id(n), new ByteArrayInputStream(bytes));
      files.putThumbnail(id(n), "32-32-image-png-crop", new ByteArrayInputStream(bytes));
    }
    engine
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  insert into homeserver.local_media (media_id, user_id, media_length, created_at)
                  select 'hoard' || to_char(n, 'FM00000'), ?, 5, n / 10 from generate_series(0, ? - 1) n
                  """,
                  HOARDER,
                  HOARD);
              handle.execute(
                  """
                  insert into homeserver.local_thumbnail (media_id, width, height, type, method, length)
                  select media_id, 32, 32, 'image/png', 'crop', 5 from homeserver.local_media where user_id = ?
                  """,
                  HOARDER);
            });
  }

  private void record(String id) {
    new MediaRows(engine.jdbi()).local(id, HOARDER, 5L, 1);
  }

  private static String id(int n) {
    return "hoard%05d".formatted(n);
  }

  /**
   * Puts a full folder in the place of the file: not even root can unlink a folder that is not
   * empty.
   */
  private void makeUndeletable(String id) throws IOException {
    var file = MediaPath.of(media.resolve("media"), id);
    Files.delete(file);
    Files.createDirectories(file.resolve("full"));
  }

  private void makeThumbnailUndeletable(String id) throws IOException {
    Files.createDirectories(MediaPath.of(media.resolve("thumbnails"), id).resolve("odd/full"));
  }

  private void assertEndedOnce(JobView ended, String verdict) {
    assertThat(ended.status()).as("%s", ended.error()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.store().parts().targets(ended.id(), -1, 100))
        .allSatisfy(
            target -> assertThat(target.verdict()).as("%s", target.leftOver()).isEqualTo(verdict));
    assertThat(
            count(
                "jobs.transition where job_id = '"
                    + ended.id()
                    + "' and to_status in ('completed', 'failed', 'cancelled')"))
        .isEqualTo(1);
  }

  private long deleted(JobId job) {
    return count("jobs.reply_item where list = 'deleted_media' and job_id = '" + job + "'");
  }

  private long records() {
    return count("homeserver.local_media");
  }

  private long records(String user) {
    return count("homeserver.local_media where user_id = '" + user + "'");
  }

  private long recordsWithoutFile() {
    var files = new LocalMediaFiles(media);
    return engine
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select media_id from homeserver.local_media")
                    .mapTo(String.class)
                    .stream()
                    .filter(id -> !files.has(id))
                    .count());
  }

  private long filesOf(String prefix) throws IOException {
    try (Stream<Path> all = Files.walk(media)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> media.relativize(file).toString().replace("/", "").contains(prefix))
          .count();
    }
  }

  private long count(String from) {
    return engine
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + from).mapTo(Long.class).one());
  }
}
