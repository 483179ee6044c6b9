package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a verification found left over is worked once more, and not again. */
class SecondTriesIT extends JobStoreFixture {
  private static final List<String> ALL = List.of("plan", "work", "verify");
  private static final Verdict LEFT = new Verdict(1, List.of("1 room"));

  @Test
  void whatIsLeftOverIsWorkedOnceMore() {
    var verify = verifying("@a:x", "@b:x", "@c:x");

    var again = judged(verify, new Verdict(0, List.of()), LEFT, Verdict.unknown(2, "who knows"));

    assertThat(again.stage()).isEqualTo("work");
    assertThat(again.job().secondTry()).isTrue();
    assertThat(open(again)).extracting(OpenTarget::id).containsExactly("@b:x");
    var verifyAgain = settled(again, done(1));
    assertThat(verifyAgain.stage()).isEqualTo("verify");
    assertThat(verifyAgain.job().secondTry()).isTrue();
    store.leases().record(verifyAgain.lease(), verdicts(LEFT), ALL);
    var ended = store.reader().find(verify.job().id()).orElseThrow();
    assertThat(ended.status()).as("there is no third try").isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.stages())
        .extracting(stage -> stage.name())
        .containsExactly("plan", "work", "verify", "work", "verify");
  }

  @Test
  void aWorkerThatTakesTheSecondTryOverKnowsThatItIsOne() {
    var again = judged(verifying("@a:x", "@b:x"), new Verdict(0, List.of()), LEFT);
    var command = store.leases().yield(again).get(0).command();

    var taken = store.leases().lease(command, 1, "other", ALL).orElseThrow();

    assertThat(taken.job().secondTry()).isTrue();
  }

  @Test
  void whatFailedHadItsAttempts() {
    var verify = verifying("@a:x", "@b:x");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into jobs.failure (job_id, stage_n, segment_n, target_n, item, code, text, attempt) values (?, 1, 0, 1, '!r:x', 'M_UNKNOWN', 'it fell', 5)",
                verify.job().id().value()));

    store.leases().record(verify.lease(), verdicts(new Verdict(0, List.of()), LEFT), ALL);

    assertEnded(verify);
  }

  @Test
  void whatIsGoneOrWasChangedSinceIsNotWorkedAgain() {
    var verify = verifying("@a:x", "@b:x");

    store
        .leases()
        .record(verify.lease(), verdicts(new Verdict(0, List.of()), LEFT.asChangedSince()), ALL);

    assertEnded(verify);
    assertThat(store.parts().targets(verify.job().id(), "changed-since", -1, 10))
        .extracting(target -> target.target() + " " + target.leftOver())
        .containsExactly("@b:x [1 room]");
  }

  private void assertEnded(Segment verify) {
    var ended = store.reader().find(verify.job().id()).orElseThrow();
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.stages()).hasSize(3);
  }

  private Segment verifying(String... targets) {
    return settled(openWork(targets), done(targets.length));
  }

  private Segment judged(Segment verify, Verdict... verdicts) {
    return settled(verify, verdicts(verdicts));
  }

  /** Ends a stage, and takes the first segment of the next one. */
  private Segment settled(Segment segment, BatchRecord last) {
    store.leases().record(segment.lease(), last, List.of());
    return ((Settlement.Leased)
            store.settlement().settle(segment.job().id(), ALL, segment.lease().holder()))
        .segment();
  }

  private List<OpenTarget> open(Segment segment) {
    return store.targets().open(segment.job().id(), 0, 100, 100);
  }

  private static BatchRecord verdicts(Verdict... verdicts) {
    return new BatchRecord(
        new End.Done(),
        null,
        verdicts.length,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        0,
        List.of(verdicts));
  }
}
