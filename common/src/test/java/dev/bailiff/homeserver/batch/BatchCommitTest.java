package dev.bailiff.homeserver.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchCommitTest {
  private final List<BatchOutcome> recorded = new ArrayList<>();
  private int fences;

  private final BatchCommit commit =
      new BatchCommit() {
        @Override
        public void fence() {
          fences++;
        }

        @Override
        public BatchOutcome record(BatchOutcome outcome) {
          recorded.add(outcome);
          return outcome;
        }

        @Override
        public BatchOutcome postpone(Snooze snooze) {
          return BatchOutcome.snooze(new Cursor("here"), snooze);
        }
      };

  @Test
  void aMappedCommitRecordsTheChangedOutcomeAndReturnsIt() {
    var mapped = commit.map(outcome -> outcome.withNext(new Cursor("behind")));

    mapped.fence();
    var returned = mapped.record(BatchOutcome.of(1, 2, null));

    assertThat(fences).isEqualTo(1);
    assertThat(recorded).containsExactly(BatchOutcome.of(1, 2, new Cursor("behind")));
    assertThat(returned).isSameAs(recorded.get(0));
  }

  @Test
  void aPostponedBatchStaysAtThePlaceOfItsSegment() {
    var mapped = commit.map(outcome -> outcome.withNext(new Cursor("behind")));

    assertThat(mapped.postpone(new Snooze(Duration.ZERO)).next()).isEqualTo(new Cursor("here"));
    assertThat(recorded).isEmpty();
  }

  @Test
  void changesAreMadeFromTheInsideOut() {
    var mapped =
        commit
            .map(outcome -> outcome.withNext(new Cursor(outcome.next() + " of the segment")))
            .map(outcome -> outcome.withNext(new Cursor("1")));

    assertThat(mapped.record(BatchOutcome.of(0, 0, null)).next())
        .isEqualTo(new Cursor(new Cursor("1") + " of the segment"));
  }
}
