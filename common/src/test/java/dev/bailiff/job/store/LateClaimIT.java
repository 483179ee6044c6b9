package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that was stopped before it claimed, and wakes up after its job has ended. */
class LateClaimIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private final JobStore store =
      JobStore.on(Database.jdbi(postgres.dataSource()), LeaseConfig.DEFAULT);

  @Test
  void aJobThatHasEndedClaimsNothingAnyMore() {
    var ended = accept();
    store.settlement().cancel(ended);

    assertThat(store.targets().claim(ended, List.of("@a:x"))).containsExactly("@a:x");

    assertThat(store.targets().claim(accept(), List.of("@a:x")))
        .as("the target is free for others")
        .isEmpty();
  }

  private JobId accept() {
    var request = JobRequest.of(TestKind.PARAMETERS, TargetSource.of(List.of("@a:x")), "@admin:x");
    return ((Acceptance.Accepted) store.acceptance().accept(request, TargetSnapshot.NONE)).job();
  }
}
