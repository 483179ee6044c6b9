package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
    assertThat(store.parts().targets(accepted.job(), -1, 10))
        .extracting("target")
        .containsExactly("@a:x", "@b:x");
  }

  @Test
  void aClaimedTargetRefusesTheRequestAndStoresNothing() {
    accept(request("@a:x").claimed());

    var second =
        store.acceptance().accept(request("@b:x", "@a:x").claimed().build(), TargetSnapshot.NONE);

    assertThat(second).isEqualTo(new Acceptance.Claimed("@a:x"));
    assertThat(store.lists().list(JobFilter.ALL, null, 10)).hasSize(1);
    assertThat(count("jobs.claim")).isEqualTo(1);
  }

  @Test
  void theSameIdempotencyKeyGivesTheSameJobAndAnotherRequestIsRefused() {
    var first = accept(request("@a:x").key("k", 1));

    assertThat(store.acceptance().accept(request("@a:x").key("k", 1).build(), TargetSnapshot.NONE))
        .isEqualTo(new Acceptance.Repeated(first.job()));
    assertThat(store.acceptance().accept(request("@a:x").key("k", 2).build(), TargetSnapshot.NONE))
        .isEqualTo(new Acceptance.KeyReused());
    assertThat(count("jobs.job")).isEqualTo(1);
  }

  /** The targets do not fit one statement, so that no statement exceeds its time-out. */
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

  /** The source does not know its count, and gives no more than the store asks for. */
  @Test
  void sourceThatDoesNotKnowItsCountIsCountedWhileItIsStored() {
    var asked = new ArrayList<Integer>();
    var numbers = new AtomicInteger();
    TargetSource source =
        () ->
            most -> {
              asked.add(most);
              int from = numbers.getAndAdd(most);
              return IntStream.range(from, Math.min(45_000, from + most))
                  .mapToObj("@%05d:x"::formatted)
                  .toList();
            };

    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    JobRequest.of(TestKind.PARAMETERS, source, "@admin:x"), TargetSnapshot.NONE);

    // Three portions with targets, and the empty one that ends the source.
    assertThat(asked).containsOnly(20_000).hasSize(4);
    assertThat(store.reader().find(accepted.job()).orElseThrow().targetCount()).isEqualTo(45_000);
    assertThat(store.parts().targets(accepted.job(), 44_998, 10))
        .extracting("target")
        .containsExactly("@44999:x");
    assertThat(count("jobs.segment where job_id = '" + accepted.job() + "' and range = '0-45000'"))
        .isEqualTo(1);
  }

  /** A stream may give what it has; only an empty portion is the end. */
  @Test
  void shortPortionInTheMiddleIsNotTheEnd() {
    var portions = List.of(List.of("@a:x", "@b:x"), List.of("@c:x"), List.<String>of()).iterator();

    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    JobRequest.of(TestKind.PARAMETERS, () -> most -> portions.next(), "@admin:x"),
                    TargetSnapshot.NONE);

    assertThat(store.parts().targets(accepted.job(), -1, 10))
        .extracting("target")
        .containsExactly("@a:x", "@b:x", "@c:x");
  }

  @Test
  void sourceOutOfOrderIsRefusedAndNothingIsStored() {
    var portions = List.of(List.of("@b:x"), List.of("@a:x"), List.<String>of()).iterator();
    var request = JobRequest.of(TestKind.PARAMETERS, () -> most -> portions.next(), "@admin:x");

    assertThatThrownBy(() -> store.acceptance().accept(request, TargetSnapshot.NONE))
        .hasMessageContaining("ascending byte order");
    assertThat(count("jobs.job")).isZero();
  }

  @Test
  void sourceWithoutTargetsBecomesNoJob() {
    var request = JobRequest.of(TestKind.PARAMETERS, () -> most -> List.<String>of(), "@admin:x");

    assertThatThrownBy(() -> store.acceptance().accept(request, TargetSnapshot.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(count("jobs.job")).isZero();
  }

  /**
   * The order is that of the bytes, in which a surrogate pair comes after U+FFFD, not that of the
   * chars.
   */
  @Test
  void targetsOfAListAreSortedByBytesAndDistinct() {
    var accepted = accept(request("!\ud83d\ude00:x", "!\ufffd:x", "!a:x", "!\ufffd:x"));

    assertThat(store.parts().targets(accepted.job(), -1, 10))
        .extracting("target")
        .containsExactly("!a:x", "!\ufffd:x", "!\ud83d\ude00:x");
    assertThat(store.reader().find(accepted.job()).orElseThrow().targetCount()).isEqualTo(3);
  }

  /** A client sees its parameters again, without the defaults of the record. */
  @Test
  void parametersThatAClientGaveAreStoredAsGiven() throws JsonProcessingException {
    var given = new ObjectMapper().readTree("{\"erase\": null}");
    var contract = new DeactivateUsersContract();
    var targets = TargetSource.of(List.of("@a:x"));

    assertThat(parameters(JobParameters.parse(contract, given), targets)).isEqualTo(given);
    assertThat(parameters(JobParameters.of(contract, new DeactivateUsersParameters(true)), targets))
        .isEqualTo(new ObjectMapper().readTree("{\"erase\": true}"));
  }

  private JsonNode parameters(JobParameters parameters, TargetSource targets) {
    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(JobRequest.of(parameters, targets, "@admin:x"), TargetSnapshot.NONE);
    return store.reader().find(accepted.job()).orElseThrow().parameters();
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
                      sink.add("rooms", List.of("!2:x", "!1:x"));
                      sink.add("media", List.of("m"));
                      sink.add("rooms", List.of("!3:x", "!1:x"));
                    });

    assertThat(store.targets().items(accepted.job(), 0, "rooms", null, 2))
        .containsExactly("!1:x", "!2:x");
    assertThat(store.targets().items(accepted.job(), 0, "rooms", "!2:x", 2))
        .containsExactly("!3:x");
    assertThat(store.targets().items(accepted.job(), 0, "media", null, 2)).containsExactly("m");
    assertThat(store.targets().listed(accepted.job(), 0, "media", List.of("m", "!1:x")))
        .containsExactly("m");
  }
}
