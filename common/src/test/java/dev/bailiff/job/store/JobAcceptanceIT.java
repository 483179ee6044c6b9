package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.TargetRooms;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request becomes a job. */
class JobAcceptanceIT extends JobStoreFixture {
  @Test
  void anAcceptedJobIsStoredWithItsFirstCommandOnExpress() {
    var accepted = accept(request("@b:x", "@a:x"));

    assertThat(accepted.commands())
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.express()).isTrue();
              assertThat(command.command().epoch()).isZero();
              assertThat(command.command().request()).isNotNull();
            });
    var job = store.reader().find(accepted.job()).orElseThrow();
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(store.reader().targets(accepted.job(), -1, 10))
        .extracting("target")
        .containsExactly("@a:x", "@b:x");
  }

  @Test
  void aClaimedTargetRefusesTheRequestAndStoresNothing() {
    accept(request("@a:x").claimed());

    var second =
        store.acceptance().accept(request("@b:x", "@a:x").claimed().build(), TargetRooms.NONE);

    assertThat(second).isEqualTo(new Acceptance.Claimed("@a:x"));
    assertThat(store.reader().list(JobFilter.ALL, null, 10)).hasSize(1);
    assertThat(count("jobs.claim")).isEqualTo(1);
  }

  @Test
  void theSameIdempotencyKeyGivesTheSameJobAndAnotherRequestIsRefused() {
    var first = accept(request("@a:x").key("k", 1));

    assertThat(store.acceptance().accept(request("@a:x").key("k", 1).build(), TargetRooms.NONE))
        .isEqualTo(new Acceptance.Repeated(first.job()));
    assertThat(store.acceptance().accept(request("@a:x").key("k", 2).build(), TargetRooms.NONE))
        .isEqualTo(new Acceptance.KeyReused());
    assertThat(count("jobs.job")).isEqualTo(1);
  }

  /** More than go into one statement, so that no statement lasts as long as it is allowed to. */
  @Test
  void manyTargetsAreStoredInOrder() {
    var users = IntStream.range(0, 45_000).mapToObj("@%05d:x"::formatted).toArray(String[]::new);

    var accepted = accept(request(users));

    assertThat(
            count(
                "jobs.target where job_id = '"
                    + accepted.job()
                    + "' and target = '@' || lpad(target_n::text, 5, '0') || ':x'"))
        .isEqualTo(users.length);
  }

  @Test
  void roomsMeantAtAcceptanceAreStoredWithTheTarget() {
    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    request("@a:x").build(),
                    (target, sink) -> {
                      sink.accept(List.of("!2:x", "!1:x"));
                      sink.accept(List.of("!3:x"));
                    });

    assertThat(store.targets().rooms(accepted.job(), 0, null, 2)).containsExactly("!1:x", "!2:x");
    assertThat(store.targets().rooms(accepted.job(), 0, "!2:x", 2)).containsExactly("!3:x");
  }
}
