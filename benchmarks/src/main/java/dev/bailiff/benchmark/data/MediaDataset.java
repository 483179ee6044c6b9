package dev.bailiff.benchmark.data;

import dev.bailiff.homeserver.store.media.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Media of some uploaders, each medium with two thumbnails. The store has as many media of other
 * users.
 */
public final class MediaDataset {
  public static final Dataset DATASET = new Dataset("library", MediaDataset::generate);

  /** The number of users whose media are deleted. */
  private static final int UPLOADERS = 20;

  /** Media of the uploader for warming up. */
  private static final int WARM_UP_MEDIA = 40;

  private static final byte[] FILE = new byte[4_096];
  private static final byte[] THUMBNAIL = new byte[1_024];

  private static final String MEDIA =
      """
      insert into homeserver.local_media (media_id, user_id, media_type, media_length, upload_name, created_at)
      select substr(pg_temp.hash(u.prefix || k), 1, 24),
             u.prefix || k %% u.uploaders || ':bench.example', 'image/png', 4096, 'image.png', 1740000000000 + k
      from (values ('@uploader-', %1$d, %2$d), ('@other-', %1$d, %2$d), ('@warm-up-', %3$d, 1)) as u (prefix, media, uploaders)
      cross join lateral generate_series(1, u.media) as k
      """;

  private static final String THUMBNAILS =
      """
      insert into homeserver.local_thumbnail (media_id, width, height, type, method, length)
      select m.media_id, t.width, t.height, 'image/png', t.method, 1024
      from homeserver.local_media m, (values (32, 32, 'crop'), (320, 240, 'scale')) as t (width, height, method)
      """;

  private MediaDataset() {}

  /** The users whose media are deleted. */
  public static List<String> uploaders() {
    return IntStream.range(0, UPLOADERS)
        .mapToObj(n -> "@uploader-" + n + ":" + Community.SERVER)
        .toList();
  }

  /** An uploader with few media. */
  public static List<String> warmUpUploader() {
    return List.of("@warm-up-0:" + Community.SERVER);
  }

  /** Writes the files of all media that are deleted, where files are missing. */
  public static void furnish(RoundFixture ground) throws IOException, SQLException {
    try (var select =
            ground
                .connection()
                .prepareStatement(
                    "select media_id from homeserver.local_media where user_id not like '@other-%'");
        var rows = select.executeQuery()) {
      while (rows.next()) {
        furnish(ground.mediaFolder(), rows.getString(1));
      }
    }
  }

  private static void furnish(Path folder, String id) throws IOException {
    Path file = file(folder, id);
    if (Files.exists(file)) {
      return; // left by the last round, which did not delete it
    }
    Path thumbnails = thumbnails(folder, id);
    Files.createDirectories(file.getParent());
    Files.createDirectories(thumbnails);
    Files.write(file, FILE);
    Files.write(thumbnails.resolve(name(32, 32, "crop")), THUMBNAIL);
    Files.write(thumbnails.resolve(name(320, 240, "scale")), THUMBNAIL);
  }

  public static Path file(Path folder, String id) {
    return MediaPath.of(folder.resolve("media"), id);
  }

  /** The folder of a medium's thumbnails. */
  public static Path thumbnails(Path folder, String id) {
    return MediaPath.of(folder.resolve("thumbnails"), id);
  }

  /** The name of a thumbnail's file. */
  public static String name(int width, int height, String method) {
    return width + "-" + height + "-image-png-" + method;
  }

  private static void generate(Connection connection, Scale scale) throws SQLException {
    Queries.run(connection, "set synchronous_commit = off");
    Queries.run(connection, Community.FUNCTIONS);
    Dataset.nameServer(connection);
    Queries.run(connection, MEDIA.formatted(scale.media(), UPLOADERS, WARM_UP_MEDIA));
    Queries.run(connection, THUMBNAILS);
    Queries.run(connection, "vacuum analyze");
  }
}
