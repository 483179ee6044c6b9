package dev.bailiff.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.testing.server.PostgresExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The open job of a data folder that is copied, moved, or whose database is put back. One database
 * is that of the original and of the copy in turn: a copy of it would have the same rows.
 */
class CopiedFolderIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  @TempDir Path temp;
  private Jdbi jdbi;
  private DataFolder folder;

  @BeforeEach
  void folderWithAJob() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(handle -> handle.execute("truncate jobs.job, jobs.data_folder cascade"));
    folder = DataFolder.at(temp.resolve("data"));
    start(folder);
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count)
                values (gen_random_uuid(), 'redact-events', 'scheduled', '{}', '@a:x', '@a:x', 1)
                """));
  }

  @Test
  void jobGoesOnWhereNothingHappened() {
    start(folder);
    start(folder);

    assertThat(status()).isEqualTo("scheduled");
  }

  @Test
  void copyPausesIt() throws Exception {
    start(copied("data-copy"));

    assertThat(status()).isEqualTo("paused");
  }

  @Test
  void copyThatWasLetGoOnIsNotPausedAgain() throws Exception {
    DataFolder copy = copied("data-copy");
    start(copy);
    jdbi.useHandle(handle -> handle.execute("update jobs.job set status = 'scheduled'"));

    start(copy);

    assertThat(status()).isEqualTo("scheduled");
  }

  @Test
  void movedFolderPausesNothing() throws Exception {
    start(DataFolder.at(Files.move(folder.path(), temp.resolve("moved"))));

    assertThat(status()).isEqualTo("scheduled");
  }

  /** The identity is in the file already, and the process ends before the database has it. */
  @Test
  void copyPausesItAlsoAfterACrashInItsFirstStart() throws Exception {
    DataFolder copy = copied("data-copy");
    copy.create();
    try (var lock = copy.lock()) {
      copy.requireIdentity();
    }
    assertThat(status()).isEqualTo("scheduled");

    start(copy);

    assertThat(status()).isEqualTo("paused");
  }

  /** After the crash its identity says that it was moved, which is true and not all. */
  @Test
  void copyThatIsMovedAfterSuchACrashPausesItToo() throws Exception {
    DataFolder copy = copied("data-copy");
    copy.create();
    try (var lock = copy.lock()) {
      copy.requireIdentity();
    }

    start(DataFolder.at(Files.move(copy.path(), temp.resolve("moved"))));

    assertThat(status()).isEqualTo("paused");
  }

  @Test
  void folderPutBackInItsPlacePausesIt() throws Exception {
    Path backup = copied("backup").path();
    Files.move(folder.path(), temp.resolve("aside")); // kept, so that its inodes are not used again
    Files.move(backup, folder.path());

    start(folder);

    assertThat(status()).isEqualTo("paused");
  }

  @Test
  void olderDatabasePausesItOnce() {
    long backup = mark();
    start(folder);
    putBack(backup);

    start(folder);

    assertThat(status()).isEqualTo("paused");
    assertThat(mark()).isEqualTo(folder.mark(jdbi).ofFolder()).isGreaterThan(backup + 1);
    jdbi.useHandle(handle -> handle.execute("update jobs.job set status = 'scheduled'"));
    start(folder);
    assertThat(status()).isEqualTo("scheduled");
  }

  /** The database commits a mark before the folder has it. */
  @Test
  void crashBetweenTheTwoMarksPausesNothing() {
    jdbi.useHandle(handle -> handle.execute("update jobs.data_folder set mark = mark + 1"));
    assertThat(mark()).isEqualTo(folder.mark(jdbi).ofFolder() + 1);

    start(folder);

    assertThat(status()).isEqualTo("scheduled");
  }

  @Test
  void databaseThatIsPutBackWhileItIsInUsePausesItAtTheNextMark() {
    DatabaseMark mark = folder.mark(jdbi);
    long backup = mark();
    mark.advance();
    assertThat(status()).isEqualTo("scheduled");
    putBack(backup);

    mark.advance();

    assertThat(status()).isEqualTo("paused");
    assertThat(mark()).isEqualTo(mark.ofFolder());
  }

  /** A release before wrote no mark. */
  @Test
  void folderWithoutAMarkPausesNothing() throws Exception {
    Files.delete(folder.path().resolve("database-mark"));

    start(folder);

    assertThat(status()).isEqualTo("scheduled");
    assertThat(folder.mark(jdbi).ofFolder()).isEqualTo(mark());
  }

  /** The part of a start in which folder and database come together. */
  private void start(DataFolder of) {
    of.create();
    try (var lock = of.lock()) {
      StackDatabase.settle(of, jdbi);
    }
  }

  private String status() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select status from jobs.job").mapTo(String.class).one());
  }

  private long mark() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select mark from jobs.data_folder").mapTo(Long.class).one());
  }

  private void putBack(long mark) {
    jdbi.useHandle(handle -> handle.execute("update jobs.data_folder set mark = ?", mark));
  }

  private DataFolder copied(String name) throws Exception {
    Path copy = temp.resolve(name);
    assertThat(
            new ProcessBuilder("cp", "-a", folder.path().toString(), copy.toString())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
    return DataFolder.at(copy);
  }
}
