package dev.bailiff.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.database.OldLayoutException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of a data folder on which nothing runs. */
class StoreAccessIT {
  @TempDir Path temp;

  @Test
  void refusedStartLeavesNoProcessInTheFolder() throws SQLException {
    DataFolder folder = DataFolder.at(temp.resolve("data"));
    try (StoreAccess access = StoreAccess.open(folder)) {
      giveOldLayout(access);
    }
    RuntimeInfo before = folder.runtime().orElseThrow();

    assertThatThrownBy(() -> StoreAccess.open(folder)).isInstanceOf(OldLayoutException.class);

    RuntimeInfo after = folder.runtime().orElseThrow();
    assertThat(after.pid()).isNull();
    assertThat(after.postgres()).isEqualTo(before.postgres());
  }

  private static void giveOldLayout(StoreAccess access) throws SQLException {
    try (Database database = Database.open(access.database().asOwner(), "test");
        var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "create table public.bailiff_schema_history as select '3' as version, true as success");
      statement.execute("drop schema jobs cascade");
    }
  }
}
