package dev.bailiff.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminGuardTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:8081", "127.0.0.1:1", "127.9.9.9", "[::1]:8081"})
  void loopbackIsReachedByItsNames(String host) {
    assertThat(new AdminGuard(true, List.of()).isNamed(host)).isTrue();
    assertThat(new AdminGuard(true, List.of("metrics.example")).isNamed(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:80",
        "10.0.0.1",
        ""
      })
  void loopbackIsReachedByNoOther(String host) {
    assertThat(new AdminGuard(true, List.of()).isNamed(host)).isFalse();
  }

  @Test
  void elsewhereAnyNameServesUnlessSomeAreGiven() {
    assertThat(new AdminGuard(false, List.of()).isNamed("worker-1:8081")).isTrue();

    AdminGuard named = new AdminGuard(false, List.of("Metrics.example"));
    assertThat(named.isNamed("metrics.example:8081")).isTrue();
    assertThat(named.isNamed("worker-1:8081")).isFalse();
    assertThat(named.isNamed("localhost")).isFalse();
  }
}
