package dev.bailiff.homeserver.store.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.event.DeletableMedia;
import dev.bailiff.testing.server.BulkLoad;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With 300,000 media of 1,000 users, no statement reads the table of media, of thumbnails, of
 * events or of accounts from end to end.
 */
class MediaStatementsExplainIT {
  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("user", "'@user-7:x'"),
          Map.entry("userId", "'@user-7:x'"),
          Map.entry("mediaId", "'media-17'"),
          Map.entry("localIds", "array['media-17', 'media-4711']"),
          Map.entry("remoteIds", "array['copy-1']"),
          Map.entry("origins", "array['other.example']"),
          Map.entry("digests", "array['digest-5', 'digest-6']"),
          Map.entry("safe", "true"),
          Map.entry("room", "'!room-3:x'"),
          Map.entry("ordering", "5000"),
          Map.entry("after", "'@user-3:x'"),
          Map.entry("id", "'media-17'"),
          Map.entry("ids", "array['media-17', 'media-4711']"),
          Map.entry("beforeAt", "200000"),
          Map.entry("largerThan", "10"),
          Map.entry("afterAt", "100000"),
          Map.entry("afterId", "'media-1'"),
          Map.entry("uptoAt", "101000"),
          Map.entry("uptoId", "'media-2'"),
          Map.entry("from", "0"),
          Map.entry("uris", "array['mxc://x/media-17', 'mxc://other.example/copy-1']"),
          Map.entry("server", "'x'"),
          Map.entry("size", "200"),
          Map.entry("limit", "12800"));

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Jdbi jdbi;

  @BeforeAll
  static void generate() {
    jdbi = Database.jdbi(postgres.dataSource());
    BulkLoad.into(
        jdbi,
        List.of(
            "homeserver.local_media",
            "homeserver.remote_media",
            "homeserver.local_thumbnail",
            "homeserver.account",
            "homeserver.event"),
        handle -> {
          handle.execute(
              """
              insert into homeserver.local_media (media_id, user_id, media_length, created_at, last_access_at, sha256)
              select 'media-' || n, '@user-' || n % 1000 || ':x', n % 5000, n, case when n % 3 = 0 then n + 500 end,
                     'digest-' || n / 2
              from generate_series(1, 300000) n
              """);
          handle.execute(
              """
              insert into homeserver.remote_media (origin, media_id, created_at, sha256)
              select 'other.example', 'copy-' || n, n, 'digest-' || n from generate_series(1, 100000) n
              """);
          handle.execute(
              """
              insert into homeserver.local_thumbnail (media_id, width, height, type, method, length)
              select 'media-' || n, 32, 32, 'image/png', 'crop', 100 from generate_series(1, 300000) n
              """);
          handle.execute(
              """
              insert into homeserver.account (user_id, created_at)
              select '@user-' || n || ':x', n from generate_series(1, 100000) n
              """);
          handle.execute(
              """
              insert into homeserver.event
                (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
              select n, n, n, '!room-' || n % 50 || ':x', '$' || n,
                     case when n % 10 = 0 then 'm.room.member' else 'm.room.message' end, '@user-' || n % 1000 || ':x',
                     case when n % 10 = 0 then '@user-' || n % 1000 || ':x' end, '{"body":"x"}'
              from generate_series(1, 300000) n
              """);
        });
  }

  @ParameterizedTest
  @EnumSource
  void noStatementReadsATableFromEndToEnd(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle ->
            statements()
                .forEach(
                    sql -> {
                      QueryPlan plan = QueryPlan.of(handle, mode, sql, ARGUMENTS);
                      for (String table :
                          List.of(
                              "local_media",
                              "remote_media",
                              "local_thumbnail",
                              "account",
                              "event")) {
                        assertThat(plan.fullReads(table)).as("%s%n%s", sql, plan).isEmpty();
                      }
                    }));
  }

  @ParameterizedTest
  @EnumSource
  void sweepIsWalkedInTheOrderOfItsIndex(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle -> {
          for (String sql : List.of(MediaSql.RANGES_OF_SWEEP, MediaSql.IN_RANGE_OF_SWEEP)) {
            QueryPlan plan = QueryPlan.of(handle, mode, sql, ARGUMENTS);
            assertThat(plan.reads("local_media"))
                .as("%s%n%s", sql, plan)
                .isNotEmpty()
                .allMatch(read -> read.startsWith("Index Scan"));
          }
        });
  }

  private static Stream<String> statements() {
    return Stream.concat(
        Stream.of(
            MediaSql.RANGES_OF_USER,
            MediaSql.RANGES_OF_SWEEP,
            MediaSql.IN_RANGE_OF_USER,
            MediaSql.IN_RANGE_OF_SWEEP,
            MediaSql.LOCK_ANY,
            MediaSql.LOCK_SWEPT,
            MediaSql.DELETE_THUMBNAILS,
            MediaSql.DELETE,
            MediaSql.LEFT,
            MediaSql.AVATARS_OF_ACCOUNTS,
            MediaSql.AVATARS_OF_MEMBERS,
            RemoteCopies.LEFT,
            RemoteCopies.LOCK,
            RemoteCopies.DELETE,
            DeletableMedia.DELETABLE),
        LocalMediaSql.all());
  }
}
