package dev.bailiff.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class JobTransitionsTest {
  private static final Set<String> ALLOWED =
      Set.of(
          "AWAITING_APPROVAL>ACTIVE",
          "AWAITING_APPROVAL>CANCELLED",
          "SCHEDULED>ACTIVE",
          "SCHEDULED>PAUSED",
          "SCHEDULED>CANCELLED",
          "ACTIVE>PAUSED",
          "ACTIVE>AWAITING_APPROVAL",
          "ACTIVE>COMPLETED",
          "ACTIVE>FAILED",
          "ACTIVE>CANCELLED",
          "PAUSED>SCHEDULED",
          "PAUSED>ACTIVE",
          "PAUSED>CANCELLED");

  @Test
  void onlyTheListedTransitionsAreAllowed() {
    var allowed =
        Stream.of(JobStatus.values())
            .flatMap(
                from ->
                    Stream.of(JobStatus.values())
                        .filter(to -> JobTransitions.allowed(from, to))
                        .map(to -> from + ">" + to))
            .collect(Collectors.toSet());

    assertThat(allowed).isEqualTo(ALLOWED);
  }

  @Test
  void nothingLeadsOutOfATerminalStatus() {
    assertThat(JobStatus.values())
        .filteredOn(JobStatus::isTerminal)
        .allSatisfy(
            from ->
                assertThat(JobStatus.values()).noneMatch(to -> JobTransitions.allowed(from, to)));
  }

  @Test
  void everyStatusIsReadFromItsWordAndFromNothingElse() {
    assertThat(JobStatus.values())
        .allSatisfy(status -> assertThat(JobStatus.of(status.word())).isEqualTo(status));
    Assertions.assertThatThrownBy(() -> JobStatus.of("ACTIVE"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
