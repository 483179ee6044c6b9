package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.JobStoreException.Reach;
import dev.bailiff.job.JobStoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCallsTest {

  @Test
  void anAnswerComesBack() {
    assertThat(StoreCalls.call(() -> 7)).isEqualTo(7);
  }

  @Test
  void withoutAConnectionTheStoreIsAwayAndNothingWasSent() {
    var failure = failure(new ConnectionException(new SQLTransientConnectionException("none")));

    assertThat(failure).isInstanceOf(JobStoreUnavailableException.class);
    assertThat(failure.reach()).isEqualTo(Reach.NOT_SENT);
  }

  @ParameterizedTest
  @CsvSource({
    "08006, true, UNKNOWN",
    "57P01, true, UNKNOWN",
    "53100, true, UNKNOWN",
    "40P01, false, ROLLED_BACK",
    "55P03, false, ROLLED_BACK",
    "57014, false, UNKNOWN",
    "23505, false, UNKNOWN"
  })
  void theStateSaysWhetherTheStoreIsAwayAndWhetherItRolledBack(
      String state, boolean away, Reach reach) {
    var failure = failure(new TransactionException("failed", new SQLException("why", state)));

    assertThat(failure instanceof JobStoreUnavailableException).isEqualTo(away);
    assertThat(failure.reach()).isEqualTo(reach);
  }

  @Test
  void itReadsAsTheErrorOfTheDatabase() {
    var cause = new TransactionException("failed", new SQLException("why", "08006"));

    assertThat(failure(cause)).hasToString(cause.toString()).hasMessage(cause.getMessage());
  }

  @Test
  void otherExceptionsPassAsTheyAre() {
    var other = new IllegalStateException("ours");

    assertThatThrownBy(
            () ->
                StoreCalls.run(
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
  }

  private static JobStoreException failure(JdbiException cause) {
    return catchThrowableOfType(
        JobStoreException.class,
        () ->
            StoreCalls.run(
                () -> {
                  throw cause;
                }));
  }
}
