package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.schemas.kind.ShownMedia;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files that redacted or purged events show: those go along that nothing else shows. */
class ShownMediaIT {
  private static final String USER = Community.user("nina");
  private static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";

  private static final String ONLY = "mxc://chat.example/onlyhere1";
  private static final String THUMBNAIL = "mxc://chat.example/onlyhere2";
  private static final String NAMED_ELSEWHERE = "mxc://chat.example/elsewhere1";
  private static final String AVATAR = "mxc://chat.example/elsewhere2";
  private static final String PROTECTED = "mxc://chat.example/protected1";
  private static final String COPY = "mxc://other.example/copied001";
  private static final String QUARANTINED = "mxc://other.example/copied002";
  private static final List<String> UNUSED = List.of(ONLY, THUMBNAIL, COPY);
  private static final List<String> OTHERS =
      List.of(NAMED_ELSEWHERE, AVATAR, PROTECTED, QUARANTINED);

  @RegisterExtension final PostgresExtension postgres = Community.database();
  @TempDir Path media;

  private Jdbi jdbi;
  private LocalMediaFiles files;
  private OneThreadEngine engine;

  @BeforeEach
  void fill() {
    jdbi = Database.jdbi(postgres.dataSource());
    files = new LocalMediaFiles(media);
    engine =
        new OneThreadEngine(
            jdbi,
            OneThreadEngine.LEASES,
            new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none(), files));
    for (var uri : Stream.concat(UNUSED.stream(), OTHERS.stream()).toList()) {
      var id = uri.substring(uri.lastIndexOf('/') + 1);
      if (uri.startsWith("mxc://chat.example/")) {
        execute(
            "insert into homeserver.local_media (media_id, user_id, media_length, created_at, safe_from_quarantine)"
                + " values (?, ?, 1, 1, ?)",
            id,
            USER,
            uri.equals(PROTECTED));
        files.put(id, new ByteArrayInputStream(new byte[1]));
      } else {
        execute(
            "insert into homeserver.remote_media (origin, media_id, created_at, quarantined_by)"
                + " values ('other.example', ?, 1, ?)",
            id,
            uri.equals(QUARANTINED) ? USER : null);
      }
    }
    say(USER, "= '" + ROOM + "'", 0, image(ONLY, THUMBNAIL));
    say(USER, "= '" + ROOM + "'", 1, image(NAMED_ELSEWHERE, COPY));
    say(USER, "= '" + ROOM + "'", 2, image(AVATAR, PROTECTED));
    say(USER, "= '" + ROOM + "'", 3, image(QUARANTINED, QUARANTINED));
    say(
        "%",
        "<> '" + ROOM + "'",
        0,
        "{\"body\":\"x\",\"formatted_body\":\"<img src='" + NAMED_ELSEWHERE + "'>\"}");
    execute(
        "update homeserver.account set avatar_url = ? where user_id = ?",
        AVATAR,
        Community.user("ada"));
  }

  private static String image(String url, String thumbnail) {
    return "{\"msgtype\":\"m.image\",\"body\":\"x\",\"url\":\""
        + url
        + "\",\"info\":{\"thumbnail_url\":\""
        + thumbnail
        + "\"}}";
  }

  /** Changes the content of a message of a user, in this room or in another. */
  private void say(String user, String room, int number, String content) {
    execute(
        "update homeserver.event set content = ?::json where event_id = (select event_id from homeserver.event"
            + " where sender like ? and room_id "
            + room
            + " and type = 'm.room.message' order by stream_ordering desc offset ? limit 1)",
        content,
        user,
        number);
  }

  private void execute(String sql, @Nullable Object... values) {
    int changed = jdbi.withHandle(handle -> handle.execute(sql, values));
    assertThat(changed).as(sql).isEqualTo(1);
  }

  private static Record redaction(@Nullable String media) {
    return new RedactEventsParameters(
        List.of(ROOM), null, null, null, null, null, null, null, media);
  }

  private static Record deletion(@Nullable String media) {
    return new DeleteRoomsParameters(null, null, null, true, true, false, null, null, media);
  }

  @Test
  void unusedFilesOfRedactedEventsGoAlong() {
    var ended =
        engine.runToEnd(
            engine.submit("redact-events", redaction(ShownMedia.UNUSED_ELSEWHERE), USER));

    engine.assertCompletedAndGone(ended);
    assertOnlyUnusedAreGone(ended);
  }

  @Test
  void unusedFilesOfPurgedEventsGoAlong() {
    var ended =
        engine.runToEnd(engine.submit("delete-rooms", deletion(ShownMedia.UNUSED_ELSEWHERE), ROOM));

    engine.assertCompletedAndGone(ended);
    assertOnlyUnusedAreGone(ended);
  }

  private void assertOnlyUnusedAreGone(JobView ended) {
    assertThat(UNUSED).noneMatch(this::isStored);
    assertThat(OTHERS).allMatch(this::isStored);
    assertThat(files.has("onlyhere1")).isFalse();
    assertThat(files.has("elsewhere1")).isTrue();
    assertThat(deletedMedia(ended))
        .contains("onlyhere1", "onlyhere2", COPY)
        .doesNotContain("elsewhere1", "elsewhere2", "protected1", QUARANTINED)
        .allMatch(
            deleted ->
                !isStored(deleted.contains("/") ? deleted : "mxc://chat.example/" + deleted));
  }

  @Test
  void filesStayUnlessTheyAreAskedFor() {
    for (var media : new String[] {null, ShownMedia.KEEP}) {
      var ended = engine.runToEnd(engine.submit("redact-events", redaction(media), USER));

      engine.assertCompletedAndGone(ended);
      assertThat(ended.stages()).noneMatch(stage -> stage.name().contains("media"));
    }

    assertThat(UNUSED).allMatch(this::isStored);
  }

  /** An event that is not chosen goes on showing its files. */
  @Test
  void filesOfEventsThatStayAreUsed() {
    var onlyOne =
        new RedactEventsParameters(
            List.of(ROOM),
            null,
            null,
            null,
            null,
            null,
            null,
            "nothing has this text",
            ShownMedia.UNUSED_ELSEWHERE);

    engine.runToEnd(engine.submit("redact-events", onlyOne, USER));

    assertThat(UNUSED).allMatch(this::isStored);
  }

  private boolean isStored(String uri) {
    var part = uri.substring("mxc://".length()).split("/");
    var from =
        part[0].equals("chat.example")
            ? "homeserver.local_media where media_id = '" + part[1] + "'"
            : "homeserver.remote_media where origin = '"
                + part[0]
                + "' and media_id = '"
                + part[1]
                + "'";
    return count(from) == 1;
  }

  private List<String> deletedMedia(JobView job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select item from jobs.reply_item where job_id = :job and list = 'deleted_media'")
                .bind("job", job.id().value())
                .mapTo(String.class)
                .list());
  }

  private long count(String fromWhere) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + fromWhere).mapTo(Long.class).one());
  }
}
