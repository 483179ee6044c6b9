package dev.bailiff.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.access.TokenUses.Counted;
import dev.bailiff.access.TokenUses.TooMuch;
import dev.bailiff.database.Database;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits of tokens, kept by several gateways together. */
class TokenUsesIT {
  private static final TokenLimits JOBS = new TokenLimits(10, null);
  private static final TokenLimits TARGETS = new TokenLimits(null, 100);

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;
  private TokenUses uses;
  private String token;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    uses = new TokenUses(jdbi);
    token = OperatorTokens.id(new OperatorTokens(jdbi).issue(NewToken.unbounded("bot")));
  }

  @Test
  void gatewaysTogetherCountEachJobOnce() {
    var gateways = List.of(uses, new TokenUses(jdbi), new TokenUses(jdbi));
    var asked = new ArrayList<CompletableFuture<TokenUses.Use>>();
    for (int n = 0; n < 24; n++) {
      var gateway = gateways.get(n % gateways.size());
      asked.add(CompletableFuture.supplyAsync(() -> gateway.count(token, JOBS, 1)));
    }

    var answers = asked.stream().map(CompletableFuture::join).toList();

    assertThat(answers).filteredOn(Counted.class::isInstance).hasSize(10);
    assertThat(answers)
        .filteredOn(TooMuch.class::isInstance)
        .extracting(TooMuch.class::cast)
        .allSatisfy(
            refused ->
                assertThat(refused.after())
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(70)));
  }

  @Test
  void aMinuteLaterThereIsRoomAgain() {
    for (int n = 0; n < 10; n++) {
      uses.count(token, JOBS, 1);
    }
    assertThat(uses.count(token, JOBS, 1)).isInstanceOf(TooMuch.class);

    age("70 seconds");

    assertThat(uses.count(token, JOBS, 1)).isInstanceOf(Counted.class);
  }

  @Test
  void targetsOfADayAreSummedAndTheRestIsTold() {
    assertThat(uses.count(token, TARGETS, 60)).isInstanceOf(Counted.class);
    age("3 hours");
    assertThat(uses.count(token, TARGETS, 30)).isInstanceOf(Counted.class);

    var refused = (TooMuch) uses.count(token, TARGETS, 11);

    assertThat(refused.text()).isEqualTo("This token may name 100 targets a day, and 10 are left");
    assertThat(refused.after())
        .as("until the first 60 are a day old")
        .isBetween(hours(20), hours(21).plusSeconds(20));
    assertThat(uses.count(token, TARGETS, 10)).isInstanceOf(Counted.class);
    age("21 hours 1 minute");
    assertThat(uses.count(token, TARGETS, 60)).isInstanceOf(Counted.class);
  }

  @Test
  void moreThanADayCanHaveIsRefusedForADay() {
    var refused = (TooMuch) uses.count(token, TARGETS, 101);

    assertThat(refused.after()).isGreaterThanOrEqualTo(hours(24));
    assertThat(rows()).isZero();
  }

  @Test
  void whatIsTakenBackDoesNotCount() {
    var use = (Counted) uses.count(token, TARGETS, 100);
    uses.takeBack(use);

    assertThat(uses.count(token, TARGETS, 100)).isInstanceOf(Counted.class);
  }

  @Test
  void countsGoWithTheirTokenAndWithTime() {
    uses.count(token, TARGETS, 1);
    age("26 hours");
    uses.count(token, TARGETS, 1);
    assertThat(rows()).isOne();

    new OperatorTokens(jdbi).revoke(token);

    assertThat(rows()).isZero();
    assertThat(uses.count(token, TARGETS, 1)).as("refused by its next call").isNotNull();
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  private void age(String interval) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update access.token_use set slot = slot - interval '" + interval + "'"));
  }

  private int rows() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("select count(*) from access.token_use").mapTo(Integer.class).one());
  }
}
