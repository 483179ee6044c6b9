package dev.bailiff.worker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.bailiff.testing.PostgresExtension;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Plays schedules. {@code -Dbailiff.simulation.seed=N} plays one again, {@code
 * -Dbailiff.simulation.schedules=N} plays more.
 */
class EngineSimulationIT {
  private static final Logger ENGINE = (Logger) LoggerFactory.getLogger("dev.bailiff.worker");
  private static final int SCHEDULES = Integer.getInteger("bailiff.simulation.schedules", 300);
  private static final int SCHEDULES_TO_NOTICE = 1000;

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static SimulatedStack stack;

  @BeforeAll
  static void begin() {
    ENGINE.setLevel(Level.OFF); // It tells of every fault that it survives.
    stack = new SimulatedStack(postgres.database());
  }

  @AfterAll
  static void end() {
    stack.close();
    ENGINE.setLevel(null);
  }

  @Test
  void everyScheduleEndsEveryJobWithEachEffectOnce() {
    var seed = Long.getLong("bailiff.simulation.seed");
    if (seed != null) {
      play(seed, Set.of());
      return;
    }
    LongStream.range(0, SCHEDULES).forEach(n -> play(n, Set.of()));
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aRuleThatIsSwitchedOffIsNoticed(Rule rule) {
    var noticed =
        LongStream.range(0, SCHEDULES_TO_NOTICE)
            .boxed()
            .flatMap(seed -> violation(seed, rule).stream())
            .findFirst();

    assertThat(noticed).as("a broken promise without " + rule).isPresent();
    System.out.println("without " + rule + ": " + noticed.get().getMessage());
  }

  private static Optional<Violation> violation(long seed, Rule off) {
    try {
      play(seed, Set.of(off));
      return Optional.empty();
    } catch (Violation e) {
      return Optional.of(e);
    }
  }

  private static void play(long seed, Set<Rule> off) {
    new Simulation(stack, seed, off).play();
  }
}
