package dev.bailiff.worker.run;

import dev.bailiff.homeserver.batch.BatchRefusedException;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.JobStoreUnavailableException;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Segment;
import dev.bailiff.job.StopRequestedException;
import dev.bailiff.job.store.StoreCalls;
import dev.bailiff.worker.run.batch.BadItemSearch;
import dev.bailiff.worker.run.batch.BatchSizers;
import dev.bailiff.worker.run.batch.JoinedStageFailedException;
import dev.bailiff.worker.run.batch.SegmentWork;
import dev.bailiff.worker.run.batch.WorkStopwatch;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches of one run. Decides how the run handles a batch that fails: it works the segment in
 * another way, gives it back, or drops it because it is no longer ours. One thread.
 */
final class BatchRun {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

  private final BatchWork batches;
  private final BatchSizers sizers;
  private final AfterCommit afterCommit;
  private final SegmentReturn giveBack;
  private final BadItemSearch search = new BadItemSearch();
  private final WorkStopwatch stopwatch = new WorkStopwatch();

  BatchRun(BatchWork batches, BatchSizers sizers, AfterCommit afterCommit, SegmentReturn giveBack) {
    this.batches = batches;
    this.sizers = sizers;
    this.afterCommit = afterCommit;
    this.giveBack = giveBack;
  }

  /** The time that went into batches so far. */
  Duration workTime() {
    return stopwatch.total();
  }

  /**
   * Works one batch, and does the work that follows from it.
   *
   * @param most how many items it may have
   * @return the work that this run goes on with; empty if the run is over
   */
  Optional<SegmentWork> runBatch(SegmentWork work, int most) {
    stopwatch.resume();
    var next = tryBatch(work, most);
    stopwatch.pause();
    return next;
  }

  private Optional<SegmentWork> tryBatch(SegmentWork work, int most) {
    var segment = work.segment();
    var sizer = sizers.of(work);
    int size = Math.min(most, search.atMost(sizer.size()));
    try {
      return StoreCalls.call(() -> batches.workBatch(work, size, search, stopwatch));
    } catch (LeaseLostException e) {
      // Perhaps the batch took longer than the lease lasts.
      sizer.shrink();
      LOG.info(
          "lease lost job={} stage={} segment={}",
          segment.job().id(),
          stage(segment),
          number(segment));
      return Optional.empty();
    } catch (StopRequestedException e) {
      afterCommit.stopped(segment);
      return Optional.empty();
    } catch (JoinedStageFailedException e) {
      LOG.info(
          "stage by stage from now on job={} stage={}: {}",
          segment.job().id(),
          stage(segment),
          e.toString());
      search.stageByStage();
      return Optional.of(work);
    } catch (BatchRefusedException e) {
      return refused(work, size, e);
    } catch (HomeserverUnavailableException e) {
      sizer.shrink();
      return giveBack.homeserverAway(segment, e);
    } catch (JobStoreUnavailableException e) {
      sizer.shrink();
      return giveBack.storeAway(segment, e);
    } catch (JobStoreException e) {
      sizer.shrink();
      return giveBack.failed(segment, e);
    } catch (RuntimeException e) {
      LOG.warn(
          "batch failed job={} stage={} segment={}",
          segment.job().id(),
          stage(segment),
          number(segment),
          e);
      return giveBack.failed(segment, e);
    }
  }

  /**
   * Handles a refused batch. Halves the batch, down to the one bad item, and lists that item as
   * failed.
   */
  private Optional<SegmentWork> refused(SegmentWork work, int size, BatchRefusedException cause) {
    if (search.halve(size)) {
      return Optional.of(work);
    }
    if (work.segment().range() == null) {
      if (search.plansFirst()) {
        // The plan itself is refused, however small its batches are.
        return giveBack.failed(work.segment(), cause);
      }
      // The bad item can be found only in a segment whose range is stored.
      search.planFirst();
      return Optional.of(work);
    }
    search.end();
    return giveUpItem(work, cause);
  }

  private Optional<SegmentWork> giveUpItem(SegmentWork work, BatchRefusedException cause) {
    var segment = work.segment();
    LOG.warn(
        "item refused job={} stage={} segment={}",
        segment.job().id(),
        stage(segment),
        number(segment),
        cause);
    try {
      return StoreCalls.call(() -> batches.giveUpItem(work, cause, stopwatch));
    } catch (LeaseLostException e) {
      return Optional.empty();
    } catch (StopRequestedException e) {
      afterCommit.stopped(segment);
      return Optional.empty();
    } catch (HomeserverUnavailableException e) {
      return giveBack.homeserverAway(segment, e);
    } catch (JobStoreUnavailableException e) {
      return giveBack.storeAway(segment, e);
    } catch (JobStoreException e) {
      return giveBack.failed(segment, e);
    }
  }

  private static int stage(Segment segment) {
    return segment.lease().key().stage();
  }

  private static int number(Segment segment) {
    return segment.lease().key().segment();
  }
}
