package dev.bailiff.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.database.FolderCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a data folder and a copy of it, for instance a backup, on real databases. */
class FolderCopyIT {
  @TempDir Path temp;

  @Test
  void neitherTouchesWhatIsTheOthers() throws Exception {
    DataFolder original = DataFolder.at(temp.resolve("data"));
    DataFolder copy = DataFolder.at(temp.resolve("data-copy"));
    try (StoreAccess ofOriginal = StoreAccess.open(original)) {
      assertThat(idIn(ofOriginal)).isEqualTo(folderId(original));
    }
    RuntimeInfo ofOriginal = original.runtime().orElseThrow();
    assertThat(
            new ProcessBuilder("cp", "-a", original.path().toString(), copy.path().toString())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();

    try (StoreAccess ofCopy = StoreAccess.open(copy)) {
      assertThat(ofCopy.mediaFolder()).isEqualTo(copy.media());
      assertThat(Files.readString(copy.path().resolve("runtime.json")))
          .doesNotContain(temp.toString());
      assertThat(idIn(ofCopy)).isEqualTo(folderId(copy)).isNotEqualTo(ofOriginal.folderId());
      assertThat(copy.runtime().orElseThrow().postgres().port())
          .isNotEqualTo(ofOriginal.postgres().port());
    }
    assertThat(folderId(original)).isEqualTo(ofOriginal.folderId());
  }

  /** Port and password are the same, but the database is another one. */
  @Test
  void whoeverWorksOnTheOriginalIsRefusedByTheCopysDatabaseAlsoLater() throws Exception {
    DataFolder original = DataFolder.at(temp.resolve("data"));
    DataFolder copy = DataFolder.at(temp.resolve("data-copy"));
    RuntimeInfo known;
    Database worker;
    try (StoreAccess access = StoreAccess.open(original)) {
      known = access.info();
      worker = Database.open(access.database(), "worker");
      worker.dataSource().getConnection().close(); // joined
    }
    try (worker) {
      assertThat(
              new ProcessBuilder("cp", "-a", original.path().toString(), copy.path().toString())
                  .inheritIO()
                  .start()
                  .waitFor())
          .isZero();
      copy.lock().close(); // a start does so in its second step
      RuntimeInfo starting = copy.requireRuntime();

      try (StackDatabase taken = StackDatabase.start(copy, known.postgres())) {
        assertThat(taken.info().port()).isEqualTo(known.postgres().port());
        taken.settle(copy, starting.withServers(taken.info(), starting.kafka()), null);

        assertThatThrownBy(() -> worker.dataSource().getConnection().close())
            .matches(FolderCheck::refused);
        assertThatThrownBy(() -> StackDatabase.requireOwn(original, known))
            .isInstanceOf(DataFolderException.class)
            .hasMessageContaining("is not that of the data folder " + original.path());
      }
    }
  }

  private static UUID folderId(DataFolder folder) throws IOException {
    return folder.identity().orElseThrow().id();
  }

  private static UUID idIn(StoreAccess access) throws SQLException {
    try (Database database = Database.open(access.database(), "test");
        Connection connection = database.dataSource().getConnection();
        var row = connection.createStatement().executeQuery("select id from jobs.data_folder")) {
      row.next();
      return row.getObject(1, UUID.class);
    }
  }
}
