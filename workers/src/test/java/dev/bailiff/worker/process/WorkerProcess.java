package dev.bailiff.worker.process;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.worker.Worker;
import dev.bailiff.worker.run.RunListener;
import dev.bailiff.worker.tally.TallyKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * A worker to be killed. Arguments: JDBC URL, user, password, bootstrap servers, topic prefix,
 * name, moment of death ({@code -} (never), {@code batch-committed:<stage>}, {@code
 * stage-ended:<stage>}, {@code plan:<page>}, {@code item:<item>}, {@code files-deleted:<number>}),
 * media folder.
 */
public final class WorkerProcess {
  /**
   * System property: a file that the first process to die creates. While the file exists, no other
   * process dies.
   */
  static final String DIES_ONCE = "bailiff.test.dies-once";

  /**
   * Replaces the moment of death: the process shows at its start that it cannot write to a file.
   */
  static final String WITHOUT_SPACE = "without-space";

  private WorkerProcess() {}

  public static void main(String[] args) throws InterruptedException {
    var place = new TestPlace(args[0], args[1], args[2], args[3], args[4], args[7]);
    var dieAt = args[6];
    if (dieAt.equals(WITHOUT_SPACE)) {
      showThatNothingCanBeWritten(Path.of(args[7]));
    }
    TallyKind.polishes = Boolean.getBoolean(NextRelease.PROPERTY);
    TallyKind.planPages = page -> dieIf(dieAt, "plan:" + page);
    TallyKind.items = item -> dieIf(dieAt, "item:" + item);
    var worker =
        Worker.start(
            place.settings(args[5]),
            jdbi -> homeserver(jdbi, new DyingMediaFiles(args[7], dieAt)),
            new MetricRegistry(),
            new RunListener() {
              @Override
              public void batchCommitted(String kind, String stage, long items, Duration took) {
                System.out.println("batch-committed " + kind + " " + stage + " " + items);
                dieIf(dieAt, "batch-committed:" + stage);
              }

              @Override
              public void stageEnded(String kind, String stage) {
                dieIf(dieAt, "stage-ended:" + stage);
              }
            });
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
    System.out.println("started " + args[5]);
    Thread.currentThread().join();
  }

  private static void showThatNothingCanBeWritten(Path folder) {
    try {
      Files.writeString(folder.resolve("probe"), "x");
      throw new IllegalStateException("there is space in " + folder);
    } catch (IOException e) {
      System.out.println("nothing can be written: " + e.getMessage());
    }
  }

  private static Homeserver homeserver(Jdbi jdbi, MediaFiles files) {
    TallyKind.jdbi = jdbi;
    return TestPlace.homeserver(jdbi, files);
  }

  /** Dies when a number of files is deleted, before the record of the last one is. */
  private static final class DyingMediaFiles implements MediaFiles {
    private final MediaFiles files;
    private final String dieAt;
    private final AtomicInteger deleted = new AtomicInteger();

    DyingMediaFiles(String folder, String dieAt) {
      this.files = new LocalMediaFiles(Path.of(folder));
      this.dieAt = dieAt;
    }

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
      boolean gone = files.delete(mediaId);
      dieIf(dieAt, "files-deleted:" + deleted.incrementAndGet());
      return gone;
    }
  }

  private static boolean isFirst() {
    var file = System.getProperty(DIES_ONCE);
    try {
      return file == null || new java.io.File(file).createNewFile();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Dies as with {@code kill -9}: no shutdown hook, no finally. */
  private static void dieIf(String wanted, String here) {
    if (wanted.equals(here) && isFirst()) {
      System.out.println("dying at " + here);
      Runtime.getRuntime().halt(137);
    }
  }
}
