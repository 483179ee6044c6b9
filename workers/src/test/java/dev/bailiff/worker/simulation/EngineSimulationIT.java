package dev.bailiff.worker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Plays schedules. {@code -Dbailiff.simulation.seed=N} plays one schedule again, {@code
 * -Dbailiff.simulation.schedules=N} sets the number of schedules.
 */
class EngineSimulationIT {
  private static final Logger ENGINE = (Logger) LoggerFactory.getLogger("dev.bailiff.worker");
  private static final int SCHEDULES = Integer.getInteger("bailiff.simulation.schedules", 2000);
  private static final int SCHEDULES_TO_NOTICE = 1000;

  private static Players players;

  @BeforeAll
  static void begin() {
    if (Long.getLong("bailiff.simulation.seed") == null) {
      ENGINE.setLevel(Level.OFF); // The engine logs each fault.
    }
    players = new Players();
  }

  @AfterAll
  static void end() {
    players.close();
    ENGINE.setLevel(null);
  }

  @Test
  void everyScheduleEndsEveryJobWithEachEffectOnce() {
    var seed = Long.getLong("bailiff.simulation.seed");
    long first = seed == null ? 0 : seed;
    long count = seed == null ? SCHEDULES : 1;
    long began = System.nanoTime();

    var violation = players.play(first, count, Set.of());

    violation.ifPresent(
        broken -> {
          throw broken;
        });
    System.out.printf(
        "simulation: seeds %d to %d are green, %d s%n",
        first, first + count - 1, (System.nanoTime() - began) / 1_000_000_000);
    if (seed == null) {
      everyEditHasItsStatement();
    }
  }

  /** An edit that changes no statement switches nothing off. */
  private static void everyEditHasItsStatement() {
    var statements = players.statements();
    assertThat(SqlEdit.withoutEffect(SimulatedStack.NO_REAL_TIME, statements)).isEmpty();
    for (var rule : Rule.values()) {
      assertThat(SqlEdit.withoutEffect(rule.edits(), statements)).as(rule.name()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aRuleThatIsSwitchedOffIsNoticed(Rule rule) {
    var noticed = players.play(0, SCHEDULES_TO_NOTICE, Set.of(rule));

    assertThat(noticed).as("a broken promise without " + rule).isPresent();
    System.out.println("without " + rule + ": " + noticed.get().getMessage());
  }
}
