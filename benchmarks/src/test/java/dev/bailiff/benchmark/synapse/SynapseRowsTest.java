package dev.bailiff.benchmark.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.row.Row;
import org.junit.jupiter.api.Test;

class SynapseRowsTest {
  private static final SynapseScale FULL = SynapseScale.of(new Scale(Scale.FULL));
  private static final SynapseScale SMALL = SynapseScale.of(new Scale(4_000));

  @Test
  void fullScaleIsWhatTheClaimsSay() {
    assertThat(new FastRedaction().work(FULL))
        .isEqualTo("redact 3,000 events of one sender in 5 rooms, fast");
    assertThat(new DeactivationWork().work(FULL))
        .isEqualTo("deactivate and erase 150 users joined to 5 rooms each, until left");
    assertThat(new UserMediaWork().work(FULL)).isEqualTo("delete 500 media of one user");
    assertThat(new SmallRoomsWork().work(FULL)).isEqualTo("delete 50 small rooms in one job");
    assertThat(new RoomPurgeWork().work(FULL))
        .isEqualTo("purge a room of 12,000 events, without SQL");
    assertThat(new SqlPurgeWork().work(FULL))
        .isEqualTo("purge a room of 972,000 events by direct SQL");
    assertThat(new HistoryWork(false).work(FULL)).isEqualTo("purge a history of 12,000 events");
    assertThat(new HistoryWork(true).work(FULL)).isEqualTo("purge a history of 200,000 events");
    assertThat(FULL.window()).hasMinutes(1);
  }

  @Test
  void smallScaleHasSomethingForEveryRow() {
    assertThat(SMALL.redactionsARoom()).isPositive();
    assertThat(SMALL.deactivations()).isPositive();
    assertThat(SMALL.media()).isPositive();
    assertThat(SMALL.smallRooms()).isPositive();
    assertThat(SMALL.lightCalls()).isGreaterThanOrEqualTo(SynapseScale.CLIENTS);
    assertThat(SMALL.oneTargetJobs()).isPositive();
    assertThat(SMALL.window()).isPositive();
    assertThat(SMALL.gentleEvents() % SynapseScale.ROOMS).isZero();
    assertThat(SMALL.sqlEvents()).as("more than a quarter is cancelled").isGreaterThan(2_000);
  }

  @Test
  void everyRowHasANameOfItsOwnThatSaysWhatItNeeds() {
    assertThat(SynapseRows.list())
        .allMatch(SynapseRows::has)
        .extracting(Row::name)
        .doesNotHaveDuplicates()
        .doesNotContain(SynapseRows.ALL);
  }
}
