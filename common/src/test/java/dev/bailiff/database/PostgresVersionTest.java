package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresVersionTest {

  @Test
  void serverThatIsTooOldIsNamed() {
    assertThatThrownBy(() -> PostgresVersion.require(160_009))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("PostgreSQL 17 or later is needed; the server is of release 16");
  }

  @Test
  void oldestReleaseThatHasAllIsTaken() {
    assertThatCode(() -> PostgresVersion.require(170_000)).doesNotThrowAnyException();
  }
}
