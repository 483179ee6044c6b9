package dev.bailiff.homeserver.store.snapshot;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An empty store, and the folder of a snapshot that the test writes line by line. */
abstract class SnapshotFixture {
  protected static final String SERVER =
      "{\"record\":\"server\",\"server_name\":\"s.example\",\"exported_at\":1,\"software\":\"X\"}";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();
  @TempDir protected Path folder;
  @TempDir protected Path media;

  protected SnapshotImporter importer;
  private Jdbi jdbi;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    importer = new SnapshotImporter(jdbi, new LocalMediaFiles(media));
  }

  protected void write(String... lines) throws IOException {
    Files.writeString(folder.resolve("records.ndjson"), String.join("\n", lines) + "\n");
  }

  protected static String user(String name) {
    return "{\"record\":\"user\",\"user_id\":\"@"
        + name
        + ":s.example\",\"admin\":false,\"is_guest\":false,\"deactivated\":false,\"erased\":false,"
        + "\"shadow_banned\":false,\"locked\":false,\"suspended\":false,\"created_at\":1}";
  }

  protected static String event(String id, long place) {
    return "{\"record\":\"event\",\"stream_ordering\":"
        + place
        + ",\"depth\":1,\"event\":{\"event_id\":\""
        + id
        + "\",\"room_id\":\"!r\",\"type\":\"t\",\"sender\":\"@x:y\",\"origin_server_ts\":1,\"content\":{}}}";
  }

  protected static String medium(String id) {
    return "{\"record\":\"local_media\",\"media_id\":\"" + id + "\",\"created_at\":1}";
  }

  protected long count(String table) {
    return Long.parseLong(text("select count(*) from homeserver." + table));
  }

  protected String text(String sql) {
    return texts(sql).get(0);
  }

  protected List<String> texts(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
