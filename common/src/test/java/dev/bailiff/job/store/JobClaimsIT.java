package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.schemas.kind.DeleteRoomsContract;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryContract;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conflicts between jobs: which job refuses which, where the API demands it (admin-api 2.3). */
class JobClaimsIT {
  private static final JobParameters DELETE =
      JobParameters.of(
          new DeleteRoomsContract(),
          new DeleteRoomsParameters(null, null, null, null, null, null, null, null));
  private static final JobParameters HISTORY =
      JobParameters.of(
          new PurgeHistoryContract(), new PurgeHistoryParameters(null, null, null, null));
  private static final String ROOM = "!room:x";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private JobStore store;
  private Jdbi jdbi;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
  }

  @Test
  void jobOfAnotherKindIsNoConflictAndKeepsItsClaim() {
    var history = accepted(accept(HISTORY, true, null));

    var deletion = accept(DELETE, true, null);

    assertThat(deletion).isInstanceOf(Acceptance.Accepted.class);
    assertThat(owners()).containsExactly(history.job().toString());
  }

  @Test
  void jobThatWaitsForItsClaimRefusesTheNextOfItsKind() {
    accept(HISTORY, true, null);
    accept(DELETE, true, null);

    assertThat(accept(DELETE, true, null)).isEqualTo(new Acceptance.Claimed(ROOM));
  }

  @Test
  void queuedJobThatHasNotClaimedYetRefusesTheNextOfItsKind() {
    accept(DELETE, false, null);

    assertThat(accept(DELETE, true, null)).isEqualTo(new Acceptance.Claimed(ROOM));
    assertThat(owners()).isEmpty();
  }

  @Test
  void jobThatRunsNextYearIsNotInProgress() {
    accept(DELETE, false, Instant.now().plusSeconds(365 * 86_400L));

    assertThat(accept(DELETE, true, null)).isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void ofManyThatAskAtOnceOneIsAccepted() {
    accept(HISTORY, true, null);

    var answers =
        IntStream.range(0, 8)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> accept(DELETE, true, null)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).filteredOn(Acceptance.Accepted.class::isInstance).hasSize(1);
    assertThat(answers).filteredOn(new Acceptance.Claimed(ROOM)::equals).hasSize(7);
  }

  private Acceptance accept(JobParameters parameters, boolean claimNow, @Nullable Instant runAt) {
    var request =
        JobRequest.of(parameters, TargetSource.of(List.of(ROOM)), "@admin:x")
            .withTerms(JobTerms.USUAL.startingAt(runAt));
    return store
        .acceptance()
        .accept(claimNow ? request.claimingNow() : request, TargetSnapshot.NONE);
  }

  private static Acceptance.Accepted accepted(Acceptance acceptance) {
    return (Acceptance.Accepted) acceptance;
  }

  private List<String> owners() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("select job_id::text from jobs.claim").mapTo(String.class).list());
  }
}
