package dev.bailiff.gateway.job.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a slow reader gets. */
class PendingChangesTest {
  private static final JobId ONE = JobId.random();
  private static final JobId OTHER = JobId.random();

  private final PendingChanges pending = new PendingChanges(2);

  @Test
  void aNewerStateTakesThePlaceAndTheMarkOfTheOlder() {
    pending.put(change(ONE, 1, 10));
    pending.put(change(OTHER, 5, 20));
    pending.put(change(ONE, 3, 30));
    pending.put(change(ONE, 2, 30));

    var first = pending.take();
    assertThat(first.change().job().version()).isEqualTo(3);
    assertThat(first.mark()).isEqualTo(10);
    var second = pending.take();
    assertThat(second.change().job().id()).isEqualTo(OTHER);
    assertThat(second.mark()).isEqualTo(20);
    assertThat(pending.take()).isNull();
    assertThat(pending.takeMissed()).isFalse();
  }

  @Test
  void moreJobsThanThereIsRoomForAreMissedAndSaidSoOnce() {
    pending.put(change(ONE, 1, 10));
    pending.put(change(OTHER, 1, 10));
    pending.put(change(JobId.random(), 1, 10));

    assertThat(pending.takeMissed()).isTrue();
    assertThat(pending.takeMissed()).isFalse();
    assertThat(pending.take().change().job().id()).isEqualTo(ONE);
    assertThat(pending.take().change().job().id()).isEqualTo(OTHER);
    assertThat(pending.take()).isNull();
  }

  private static JobChange change(JobId id, long version, long mark) {
    var job =
        new JobView(
            id,
            new JobKind("delete-rooms"),
            JobStatus.ACTIVE,
            JsonNodeFactory.instance.objectNode(),
            "token:one",
            new JobTerms(null, null, null, 3, null, null, null, false),
            new JobOrigin(null, null, null),
            1,
            Instant.EPOCH,
            null,
            null,
            null,
            Instant.EPOCH,
            version,
            null,
            null,
            null,
            null,
            List.of());
    return new JobChange(job, mark);
  }
}
