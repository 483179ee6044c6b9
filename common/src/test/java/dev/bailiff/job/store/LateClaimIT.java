package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.database.Database;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.TargetRooms;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that was stopped before it claimed, and wakes up when its job is over. */
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
    var request =
        new JobRequest(
            new JobKind("deactivate-users"),
            List.of("@a:x"),
            JsonNodeFactory.instance.objectNode(),
            "@admin:x",
            "@admin:x",
            null,
            null,
            false,
            null);
    return ((Acceptance.Accepted) store.acceptance().accept(request, TargetRooms.NONE)).job();
  }
}
