package dev.bailiff.benchmark.kind;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.MediaDataset;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.RoundFixture;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.row.SqlComparison;
import dev.bailiff.job.JobRequest;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * A {@code delete-media} job for all media of some users: files, thumbnails, records. The job also
 * plans, lists the deleted media for the reply, stores checkpoints and verifies.
 */
public final class MediaRemoval implements SqlComparison {

  private static final String FILES =
      """
      select m.media_id, t.width, t.height, t.method
      from homeserver.local_media m join homeserver.local_thumbnail t on t.media_id = m.media_id
      where m.user_id = any (?)
      order by m.media_id
      """;

  private static final List<String> DELETES =
      List.of(
          """
          delete from homeserver.local_thumbnail t using homeserver.local_media m
          where m.user_id = any (?) and t.media_id = m.media_id
          """,
          "delete from homeserver.local_media where user_id = any (?)");

  @Override
  public String name() {
    return "media";
  }

  @Override
  public String work(Scale scale) {
    return String.format(Locale.ROOT, "delete %,d media files with thumbnails", scale.media());
  }

  @Override
  public long items(Scale scale) {
    return scale.media();
  }

  @Override
  public Bound bound() {
    return Bound.timesAtMost(2);
  }

  @Override
  public Dataset dataset() {
    return MediaDataset.DATASET;
  }

  @Override
  public void furnish(RoundFixture ground) throws IOException, SQLException {
    MediaDataset.furnish(ground);
  }

  @Override
  public JobRequest job(Scale scale) {
    return deletion(MediaDataset.uploaders());
  }

  @Override
  public JobRequest warmUpJob(Scale scale) {
    return deletion(MediaDataset.warmUpUploader());
  }

  private static JobRequest deletion(List<String> users) {
    return Community.job(
        DeleteMediaContract.KIND, users, new DeleteMediaParameters(null, null, null, null), null);
  }

  @Override
  public void baseline(RoundFixture ground) throws IOException, SQLException {
    delete(ground, MediaDataset.uploaders());
  }

  @Override
  public void warmUpBaseline(RoundFixture ground) throws IOException, SQLException {
    delete(ground, MediaDataset.warmUpUploader());
  }

  /** The records give the names of the thumbnails, so no folder is listed. */
  private static void delete(RoundFixture ground, List<String> users)
      throws IOException, SQLException {
    var connection = ground.connection();
    var uploaders = connection.createArrayOf("text", users.toArray());
    try (var select = connection.prepareStatement(FILES)) {
      select.setArray(1, uploaders);
      try (var rows = select.executeQuery()) {
        String id = "";
        while (rows.next()) {
          if (!id.equals(rows.getString(1))) {
            end(ground.mediaFolder(), id);
            id = rows.getString(1);
          }
          Files.delete(
              MediaDataset.thumbnails(ground.mediaFolder(), id)
                  .resolve(MediaDataset.name(rows.getInt(2), rows.getInt(3), rows.getString(4))));
        }
        end(ground.mediaFolder(), id);
      }
    }
    for (String statement : DELETES) {
      Queries.change(connection, statement, uploaders);
    }
  }

  /** Deletes the file of a medium whose thumbnails are gone. */
  private static void end(Path folder, String id) throws IOException {
    if (!id.isEmpty()) {
      Files.delete(MediaDataset.file(folder, id));
      Files.delete(MediaDataset.thumbnails(folder, id));
    }
  }

  @Override
  public List<String> traces(Connection connection) throws SQLException {
    return List.of(
        "media " + Queries.number(connection, "select count(*) from homeserver.local_media"),
        "thumbnails "
            + Queries.number(connection, "select count(*) from homeserver.local_thumbnail"));
  }
}
