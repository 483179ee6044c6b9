package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers without express slots, like specialised workers. */
class ExpressFallbackIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  @Test
  void aFirstCommandThatNobodyTakesFromExpressGoesToTheTopicOfItsKind() {
    var jdbi = Database.jdbi(postgres.dataSource());
    var store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
    store
        .acceptance()
        .accept(
            JobRequest.of(TestKind.PARAMETERS, TargetSource.of(List.of("@a:x")), "@admin:x"),
            TargetSnapshot.NONE);

    assertThat(republishedLater(jdbi, store).express()).as("the second time").isTrue();
    assertThat(republishedLater(jdbi, store).express()).as("the third time").isFalse();
    assertThat(republishedLater(jdbi, store).express()).as("from then on").isFalse();
  }

  private static PublishableCommand republishedLater(Jdbi jdbi, JobStore store) {
    jdbi.useHandle(handle -> handle.execute("update jobs.segment set publish_at = now()"));
    var commands = store.upkeep().republish(10);
    assertThat(commands).hasSize(1);
    return commands.get(0);
  }
}
