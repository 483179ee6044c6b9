package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobStatus;
import org.junit.jupiter.api.Test;

/** Lists of jobs. */
class JobListReaderIT extends JobStoreFixture {
  @Test
  void jobsAreListedNewestFirstAndFiltered() {
    var first = accept(request("@a:x"));
    var second = accept(request("@b:x"));

    assertThat(store.lists().list(JobFilter.ALL, null, 10))
        .extracting("id")
        .containsExactly(second.job(), first.job());
    var newest = store.lists().list(JobFilter.ALL, null, 1).get(0);
    assertThat(
            store
                .lists()
                .list(
                    JobFilter.ALL,
                    new JobListReader.Position(newest.acceptedAt(), newest.id()),
                    10))
        .extracting("id")
        .containsExactly(first.job());
    assertThat(
            store
                .lists()
                .list(new JobFilter(JobStatus.SCHEDULED, null, "@a:x", null, null, null), null, 10))
        .extracting("id")
        .containsExactly(first.job());
  }
}
