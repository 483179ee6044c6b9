package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobId;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.GroupLeases.Delivered;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The wish of a job reaches its workers, and their speed is shown in the job. */
class JobPaceIT extends JobStoreFixture {
  @Test
  void everyLeaseKnowsTheWishOfItsJob() {
    var accepted = accept(request("@a:x").paced(JobPace.GENTLE));

    assertThat(lease(accepted).job().pace()).isEqualTo(new PaceWish(JobPace.GENTLE, 0));
  }

  @Test
  void theNextStageKnowsTheWishOfItsJob() {
    var work = openWork(accept(request("@a:x").paced(JobPace.FAST)));

    assertThat(work.job().pace()).isEqualTo(new PaceWish(JobPace.FAST, 0));
  }

  @Test
  void aJobWithoutAWishHasNone() {
    assertThat(lease(accept(request("@a:x"))).job().pace()).isEqualTo(PaceWish.NONE);
  }

  @Test
  void aLeaseKnowsHowManyItemsOfItsStageWereSettledBefore() {
    var commands = afterAFirstSegmentOf(7);

    var next = store.leases().lease(commands.get(0).command(), 1, "me", STAGES).orElseThrow();

    assertThat(next.job().pace()).isEqualTo(new PaceWish(JobPace.GENTLE, 7));
  }

  @Test
  void aLeaseOfAGroupKnowsTheSame() {
    var commands = afterAFirstSegmentOf(7);
    var window = commands.stream().map(next -> new Delivered(next.command(), 1)).toList();

    assertThat(store.groups().lease(window, "me", STAGES))
        .extracting(segment -> segment.job().pace())
        .containsOnly(new PaceWish(JobPace.GENTLE, 7));
  }

  @Test
  void theSpeedOfTheLastBatchIsShownUntilTheJobEnds() {
    var work = openWork(accept(request("@a:x")));
    var key = work.lease().key();
    assertThat(paced(key.job())).isNull();

    takeTurn(key, "gentle, 11/s");
    assertThat(paced(key.job())).isEqualTo("gentle, 11/s");
    takeTurn(key, null);
    assertThat(paced(key.job())).as("a batch without calls").isEqualTo("gentle, 11/s");
    store.leases().record(work.lease(), done(1), STAGES);
    store.settlement().settle(key.job(), STAGES, null);

    assertThat(paced(key.job())).isNull();
  }

  private Segment lease(Acceptance.Accepted accepted) {
    return store
        .leases()
        .lease(accepted.commands().get(0).command(), 1, "me", STAGES)
        .orElseThrow();
  }

  /** Commands of a stage whose first segment ended with so many items. */
  private List<PublishableCommand> afterAFirstSegmentOf(long items) {
    var work = openWork(accept(request("@a:x").paced(JobPace.GENTLE)));
    var ranges = List.of(new BatchRecord.Planned("b", 1), new BatchRecord.Planned("c", 1));
    var planned = batch(new End.GoesOn(), "a", 0, List.of(), ranges);
    var released = store.leases().record(work.lease(), planned, STAGES).released();
    store.leases().record(work.lease(), done(items), STAGES);
    return released;
  }

  private void takeTurn(SegmentKey key, @Nullable String speed) {
    jdbi.useHandle(
        handle -> handle.execute("update jobs.stage set progress_at = now() - interval '1 hour'"));
    assertThat(store.leases().takesProgressTurn(key, speed)).isTrue();
  }

  private @Nullable String paced(JobId job) {
    return store.reader().find(job).orElseThrow().paced();
  }
}
