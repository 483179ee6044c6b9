package dev.bailiff.homeserver.store.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaId;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.store.CommitThatDies;
import dev.bailiff.homeserver.store.CommunityStore;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.testing.RandomText;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.EventRow;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Admin-api 4.14, 5.13 and 5.14, tested on the rows and on the disk. */
class MediaDeletionIT extends CommunityStore {
  private static final String ADA = Community.user("ada");
  private static final MediaSweep EVERYTHING = new MediaSweep(Long.MAX_VALUE, 0);

  /** An avatar of {@code @ada}, and one of a room. */
  private static final String AVATAR = "VMiNmsYpXLDwJHqJdnjnMtYk";

  private static final String ROOM_AVATAR = "lszHBuyHVmcuxGBRutudfTBI";

  /** All files, imported only once, as reading the snapshot takes seconds. */
  @TempDir static Path imported;

  @TempDir Path folder;

  private PostgresHomeserver withFiles;

  @BeforeAll
  static void importFiles() {
    try (var database = PostgresExtension.anotherMigrated("media")) {
      Community.importInto(Database.jdbi(database.dataSource()), imported);
    }
  }

  @Test
  void copiesOfOtherServersAreDeletedOnceAndThoseInQuarantineStay() {
    execute(
        "insert into homeserver.remote_media (origin, media_id, created_at, quarantined_by) values"
            + " ('other.example:8448', 'copied-1', 1, null), ('other.example:8448', 'copied-2', 1, null),"
            + " ('elsewhere.example', 'copied-1', 1, null), ('other.example:8448', 'copied-3', 1, '@ada:x')");
    String copy = "mxc://other.example:8448/copied-1";
    String quarantined = "mxc://other.example:8448/copied-3";
    var asked =
        List.of(
            new MediaItem(0, copy),
            new MediaItem(1, copy),
            new MediaItem(2, quarantined),
            new MediaItem(3, "mxc://other.example:8448/unknown"));

    BatchDriver.Total deleted =
        BatchDriver.run(
            (cursor, commit) ->
                withFiles.media().deleteMedia(new MediaDeletion(asked, null), commit));

    assertThat(deleted.done()).isEqualTo(1);
    assertThat(deleted.skipped()).isEqualTo(2);
    assertThat(deleted.list("deleted_media")).containsExactly(copy);
    assertThat(deleted.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.item()).isEqualTo(quarantined))
        .satisfies(failure -> assertThat(failure.text()).contains("quarantine"));
    assertThat(count("homeserver.remote_media where media_id like 'copied-%'")).isEqualTo(3);
    assertThat(withFiles.media().mediaLeft(asked.stream().map(MediaItem::id).toList()).ids())
        .containsExactly(quarantined);
  }

  @BeforeEach
  void linkFiles() throws IOException {
    try (Stream<Path> paths = Files.walk(imported)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path copy = folder.resolve(imported.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.createLink(copy, path); // nobody writes into the files
        }
      }
    }
    withFiles =
        new PostgresHomeserver(
            jdbi, StoreTimeouts.defaults(), IdentityServers.none(), new LocalMediaFiles(folder));
  }

  @Test
  void recordFileAndThumbnailsGoAndThoseOfOthersStay() throws IOException {
    List<String> mine = ids(MediaScope.of(ADA));
    long records = count("homeserver.local_media");
    long files = files();

    BatchDriver.Total deleted = delete(mine, null);

    assertThat(mine).hasSize(8).contains(AVATAR);
    assertThat(deleted.done()).isEqualTo(8);
    assertThat(count("homeserver.local_media where user_id = ?", ADA)).isZero();
    assertThat(count("homeserver.local_media")).isEqualTo(records - 8);
    assertThat(
            count(
                "homeserver.local_thumbnail t where not exists"
                    + " (select from homeserver.local_media m where m.media_id = t.media_id)"))
        .isZero();
    for (String id : mine) {
      assertThat(file(id)).doesNotExist();
      assertThat(thumbnails(id)).doesNotExist();
    }
    assertThat(files()).as("the others' files are there").isLessThan(files).isPositive();
  }

  @Test
  void quarantinedAndProtectedMediaGoWhereTheyAreNamed() {
    List<String> mine = ids(MediaScope.of(ADA));
    execute("update homeserver.local_media set quarantined_by = ? where user_id = ?", ADMIN, ADA);
    execute("update homeserver.local_media set safe_from_quarantine = true");

    assertThat(delete(mine, null).done()).isEqualTo(mine.size());
  }

  @Test
  void sweepTakesNothingQuarantinedProtectedUnfinishedOrUsedSince() {
    List<String> all = ids(MediaScope.of(EVERYTHING));
    spare(all.get(0), "quarantined_by = '@mod:x'");
    spare(all.get(1), "safe_from_quarantine = true");
    spare(all.get(2), "media_length = null");
    spare(all.get(3), "last_access_at = 9000000000000000");
    MediaSweep old = new MediaSweep(8_000_000_000_000_000L, 0);

    BatchDriver.Total deleted = delete(all, old);

    assertThat(all).hasSize(279);
    assertThat(deleted.done()).isEqualTo(all.size() - 4);
    assertThat(deleted.skipped()).isEqualTo(4);
    assertThat(texts("select media_id from homeserver.local_media"))
        .containsExactlyInAnyOrderElementsOf(all.subList(0, 4));
    assertThat(file(all.get(0))).exists();
    assertThat(ids(MediaScope.of(old))).isEmpty();
  }

  @Test
  void sizeMustBeGreaterAndLastUseEarlierThanSaid() {
    String id = ids(MediaScope.of(EVERYTHING)).get(0);
    execute("delete from homeserver.local_media where media_id <> ?", id);
    spare(id, "media_length = 100, created_at = 10, last_access_at = 50");

    assertThat(ids(MediaScope.of(new MediaSweep(51, 99)))).containsExactly(id);
    assertThat(ids(MediaScope.of(new MediaSweep(51, 100)))).isEmpty();
    assertThat(ids(MediaScope.of(new MediaSweep(50, 99)))).isEmpty();
    spare(id, "last_access_at = null");
    assertThat(ids(MediaScope.of(new MediaSweep(11, 99)))).containsExactly(id);
  }

  @Test
  void avatarsAreFoundWhereverTheyAreUsed() {
    List<String> unused = new ArrayList<>(ids(MediaScope.of(Community.user("crypto-gain-03"))));
    String ofMemberOnce = unused.remove(0);
    String withOddText = unused.remove(0);
    String foreign = unused.remove(0);
    EventRow.of(ROOM, "m.room.member", ADMIN, "@bot:away.example")
        .arrival(-5)
        .content(
            """
            {"avatar_url": "mxc:\\/\\/chat.example\\/%s", "displayname": "\\u0000\\ud800"}
            """
                .formatted(withOddText))
        .insert(jdbi, "$odd");
    EventRow.member(ROOM, ADA).arrival(-6).content(avatar(ofMemberOnce)).insert(jdbi, "$past");
    execute(
        "update homeserver.account set avatar_url = 'mxc://away.example/' || ? where user_id = ?",
        foreign,
        ADMIN);

    for (int size : new int[] {3, 10_000}) {
      assertThat(avatars(size))
          .contains(AVATAR, ROOM_AVATAR, ofMemberOnce, withOddText)
          .doesNotContain(foreign)
          .doesNotContainAnyElementsOf(unused);
    }
  }

  private static String avatar(String medium) {
    return "{\"avatar_url\": \"mxc://chat.example/" + medium + "\"}";
  }

  @Test
  void addressOfWhatCanBeNoMediumIsNoAvatar() {
    List<String> odd = List.of("", "a\\u0000b", "\\ud800", "../../etc", RandomText.ofLength(4_000));
    for (int i = 0; i < odd.size(); i++) {
      EventRow.of(ROOM, "m.room.member", ADMIN, "@bot:away.example")
          .arrival(-i - 10)
          .content(avatar(odd.get(i)))
          .insert(jdbi, "$odd" + i);
    }

    assertThat(avatars(1_000)).contains(AVATAR).allMatch(MediaId::isValid);
  }

  @Test
  void fileThatCannotBeRemovedFailsAloneAndKeepsItsRecords() throws IOException {
    List<String> mine = ids(MediaScope.of(ADA));
    String stuck = mine.get(3);
    Files.delete(file(stuck));
    Files.createDirectories(file(stuck).resolve("full"));
    long thumbnails = count("homeserver.local_thumbnail where media_id = ?", stuck);

    BatchDriver.Total deleted = delete(mine, null);

    assertThat(deleted.done()).isEqualTo(mine.size() - 1);
    assertThat(deleted.failures()).hasSize(1);
    assertThat(deleted.failures().get(0).item()).isEqualTo(stuck);
    assertThat(deleted.failures().get(0).failsTarget()).isFalse();
    assertThat(deleted.failures().get(0).text()).doesNotContain(folder.toString());
    assertThat(deleted.list("deleted_media")).doesNotContain(stuck);
    assertThat(thumbnails).isPositive();
    assertThat(count("homeserver.local_thumbnail where media_id = ?", stuck)).isEqualTo(thumbnails);
    assertThat(thumbnails(stuck)).isNotEmptyDirectory();
    assertThat(withFiles.media().mediaLeft(mine).ids()).containsExactly(stuck);
    Files.delete(file(stuck).resolve("full"));
    assertThat(delete(mine, null).done()).as("later it goes").isEqualTo(1);
    assertThat(thumbnails(stuck)).doesNotExist();
  }

  @Test
  void filesThatAreGoneAlreadyAreNoObstacle() throws IOException {
    List<String> mine = ids(MediaScope.of(ADA));
    for (String id : mine) {
      Files.delete(file(id));
    }

    assertThat(delete(mine, null).done()).isEqualTo(mine.size());
    assertThat(thumbnails(mine.get(0))).doesNotExist();
  }

  @Test
  void folderThatIsNotThereLosesNoRecord() {
    PostgresHomeserver unmounted =
        new PostgresHomeserver(
            jdbi,
            StoreTimeouts.defaults(),
            IdentityServers.none(),
            new LocalMediaFiles(folder.resolve("not-mounted")));
    List<String> mine = ids(MediaScope.of(ADA));

    BatchDriver.Total deleted =
        BatchDriver.run(
            (cursor, commit) ->
                unmounted.media().deleteMedia(new MediaDeletion(items(mine), null), commit));

    assertThat(deleted.failures()).hasSize(mine.size());
    assertThat(withFiles.media().mediaLeft(mine).ids()).isEqualTo(mine);
    assertThatThrownBy(
            () ->
                BatchDriver.run(
                    (cursor, commit) ->
                        homeserver
                            .media()
                            .deleteMedia(new MediaDeletion(items(mine), null), commit)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void crashBehindTheFilesLeavesRecordsThatTheNextOneDeletes() {
    List<String> mine = ids(MediaScope.of(ADA));
    assertThatThrownBy(
            () ->
                withFiles
                    .media()
                    .deleteMedia(new MediaDeletion(items(mine), null), new CommitThatDies()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file(mine.get(0))).doesNotExist();
    assertThat(withFiles.media().mediaLeft(mine).ids()).isEqualTo(mine);

    assertThat(delete(mine, null).done()).isEqualTo(mine.size());
    assertThat(withFiles.media().mediaLeft(mine).ids()).isEmpty();
  }

  private void spare(String id, String assignment) {
    assertThat(
            execute("update homeserver.local_media set " + assignment + " where media_id = ?", id))
        .isEqualTo(1);
  }

  private BatchDriver.Total delete(List<String> ids, @Nullable MediaSweep sweep) {
    return BatchDriver.run(
        (cursor, commit) ->
            withFiles.media().deleteMedia(new MediaDeletion(items(ids), sweep), commit));
  }

  private static List<MediaItem> items(List<String> ids) {
    return ids.stream().map(id -> new MediaItem(0, id)).toList();
  }

  private List<String> ids(MediaScope scope) {
    List<String> ids = new ArrayList<>();
    Cursor after = null;
    do {
      RangePage page = homeserver.media().mediaRanges(scope, after, 2);
      for (Range range : page.ranges()) {
        ids.addAll(homeserver.media().media(range, null, 100).ids());
      }
      after = page.next();
    } while (after != null);
    return ids;
  }

  private Set<String> avatars(int size) {
    Set<String> avatars = new HashSet<>();
    Cursor after = null;
    do {
      MediaPage page = homeserver.media().avatarMedia(after, size);
      avatars.addAll(page.ids());
      after = page.next();
    } while (after != null);
    return avatars;
  }

  private Path file(String id) {
    return below("media", id);
  }

  private Path thumbnails(String id) {
    return below("thumbnails", id);
  }

  private Path below(String kind, String id) {
    return folder
        .resolve(kind)
        .resolve(id.substring(0, 2))
        .resolve(id.substring(2, 4))
        .resolve(id.substring(4));
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
