package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.TargetSnapshot;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Targets that arrive piece by piece become a job, or nothing. */
class TargetUploadsIT extends JobStoreFixture {
  private static final int PORTION = 10_000;
  private static final int MOST = 1_000_000;
  private static final String REQUESTER = "@admin:x";

  @Test
  void targetsAreNumberedInByteOrderAndRepetitionsCountOnce() {
    int different = 160_000;
    List<String> arriving = new ArrayList<>(users(0, different));
    arriving.addAll(users(1_000, 2_000));
    arriving.add("@Z:x");
    arriving.add("@é:x");
    Collections.shuffle(arriving, new Random(1));

    var accepted =
        (Acceptance.Accepted) upload(null, MOST, arriving, request().by(REQUESTER).build());

    assertThat(store.reader().find(accepted.job()).orElseThrow().targetCount())
        .isEqualTo(different + 2);
    assertThat(
            count(
                """
                (select target_n, row_number() over (order by target collate "C") - 1 as n
                   from jobs.target where job_id = '%s') t where t.n = t.target_n
                """
                    .formatted(accepted.job())))
        .isEqualTo(different + 2);
    assertThat(accepted.commands())
        .singleElement()
        .satisfies(command -> assertThat(command.command().request()).isNull());
    assertThat(count("jobs.segment where job_id = '" + accepted.job() + "' and range = '0-160002'"))
        .isEqualTo(1);
  }

  @Test
  void targetsInOrderAreNoHarder() {
    var accepted = (Acceptance.Accepted) upload(null, MOST, users(0, 60_000), request().build());

    assertThat(store.parts().targets(accepted.job(), 59_998, 10))
        .extracting("target")
        .containsExactly("@059999:x");
  }

  /** Who asks for the jobs since their last look must not miss one that took minutes to arrive. */
  @Test
  void aJobIsAcceptedWhenItHasArrivedAndNotWhenItBeganTo() {
    List<OffsetDateTime> arrived = new ArrayList<>();

    var accepted =
        (Acceptance.Accepted)
            store
                .uploads()
                .accept(
                    REQUESTER,
                    null,
                    MOST,
                    table -> {
                      table.add(users(0, 3));
                      arrived.add(now());
                      return request().build().withTargets(table);
                    });

    assertThat(store.reader().find(accepted.job()).orElseThrow().acceptedAt())
        .isAfterOrEqualTo(arrived.get(0).toInstant());
  }

  private OffsetDateTime now() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select clock_timestamp()").mapTo(OffsetDateTime.class).one());
  }

  @Test
  void anUploadThatBreaksStoresNothing() {
    assertThatThrownBy(
            () ->
                store
                    .uploads()
                    .accept(
                        REQUESTER,
                        null,
                        MOST,
                        table -> {
                          table.add(users(0, PORTION));
                          throw new IllegalStateException("the client is gone");
                        }))
        .hasMessage("the client is gone");

    assertThat(count("jobs.job")).isZero();
    assertThat(upload(null, MOST, users(0, 3), request().build()))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void moreTargetsThanAJobMayHaveStoreNothing() {
    assertThat(upload(null, 10, users(0, 11), request().build()))
        .isEqualTo(new Acceptance.TooManyTargets(10));
    assertThat(count("jobs.job")).isZero();
    assertThat(count("jobs.target")).isZero();

    List<String> repeated = new ArrayList<>(users(0, 10));
    repeated.addAll(users(0, 10));
    assertThat(upload(null, 10, repeated, request().build()))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  /** Otherwise a client could send one target until the disk is full. */
  @Test
  void repetitionsEnd() {
    var asked = new ArrayList<Integer>();

    var answer =
        store
            .uploads()
            .accept(
                REQUESTER,
                null,
                10,
                table -> {
                  for (int n = 0; n < 100; n++) {
                    asked.add(n);
                    table.add(List.of("@a:x"));
                  }
                  return request().build().withTargets(table);
                });

    assertThat(answer).isEqualTo(new Acceptance.TooManyTargets(10));
    assertThat(asked).hasSize(21);
  }

  @Test
  void aKeyIsInHandWhileItsUploadArrives() {
    var meanwhile = new ArrayList<Acceptance>();

    var first =
        (Acceptance.Accepted)
            store
                .uploads()
                .accept(
                    REQUESTER,
                    "k",
                    MOST,
                    table -> {
                      table.add(users(0, 3));
                      meanwhile.add(elsewhere(() -> upload("k", MOST, users(0, 3), keyed("k", 1))));
                      meanwhile.add(
                          elsewhere(
                              () -> store.acceptance().accept(keyed("k", 1), TargetSnapshot.NONE)));
                      meanwhile.add(
                          elsewhere(
                              () -> store.acceptance().accept(keyed("l", 1), TargetSnapshot.NONE)));
                      return keyed("k", 1).withTargets(table);
                    });

    assertThat(meanwhile.subList(0, 2)).containsOnly(new Acceptance.KeyInHand());
    assertThat(meanwhile.get(2)).isInstanceOf(Acceptance.Accepted.class);
    assertThat(upload("k", MOST, users(0, 3), keyed("k", 1)))
        .isEqualTo(new Acceptance.Repeated(first.job()));
    assertThat(upload("k", MOST, users(0, 3), keyed("k", 2))).isEqualTo(new Acceptance.KeyReused());
    assertThat(count("jobs.job")).isEqualTo(2);
  }

  @Test
  void theKeyOfAGatewayThatDiedIsFree() {
    assertThatThrownBy(
            () ->
                store
                    .uploads()
                    .accept(
                        REQUESTER,
                        "k",
                        MOST,
                        table -> {
                          table.add(users(0, 3));
                          elsewhere(this::endUploads);
                          table.add(users(3, 6));
                          return keyed("k", 1).withTargets(table);
                        }))
        .isInstanceOf(RuntimeException.class);

    assertThat(count("jobs.job")).isZero();
    assertThat(upload("k", MOST, users(0, 3), keyed("k", 1)))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void aJobMayClaimUploadedTargets() {
    accept(request("@000001:x").claimed());

    assertThat(upload(null, MOST, users(0, 45_000), request().claimed().build()))
        .isEqualTo(new Acceptance.Claimed("@000001:x"));
    assertThat(count("jobs.job")).isEqualTo(1);
    assertThat(upload(null, MOST, users(2, 45_000), request().claimed().build()))
        .isInstanceOf(Acceptance.Accepted.class);
    assertThat(count("jobs.claim")).isEqualTo(44_999);
  }

  private int endUploads() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                     where datname = current_database() and state = 'idle in transaction'
                    """)
                .mapTo(Integer.class)
                .one());
  }

  private Acceptance upload(String key, int most, List<String> targets, JobRequest request) {
    return store
        .uploads()
        .accept(
            REQUESTER,
            key,
            most,
            table -> {
              for (int at = 0; at < targets.size(); at += PORTION) {
                table.add(targets.subList(at, Math.min(targets.size(), at + PORTION)));
              }
              return request.withTargets(table);
            });
  }

  private static JobRequest keyed(String key, int digest) {
    return request("@000000:x").by(REQUESTER).key(key, digest).build();
  }

  private static List<String> users(int from, int to) {
    return IntStream.range(from, to).mapToObj("@%06d:x"::formatted).toList();
  }

  /** On another connection: JDBI binds one to its thread. */
  private static <T> T elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work).orTimeout(30, TimeUnit.SECONDS).join();
  }
}
