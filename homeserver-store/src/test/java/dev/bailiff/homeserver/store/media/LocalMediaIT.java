package dev.bailiff.homeserver.store.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaOrder;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists of the media of a user who has 2,500 of them. */
class LocalMediaIT {
  private static final String USER = "@hoarder:x";

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static LocalMedia media;

  @BeforeAll
  static void fill() {
    Jdbi jdbi = Database.jdbi(postgres.dataSource());
    media = new LocalMedia(jdbi);
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into homeserver.local_media (media_id, user_id, created_at, media_length)
                select 'm' || n, '@hoarder:x', n / 2, case when n % 5 = 0 then n end from generate_series(1, 2500) n
                union all select 'other', '@other:x', 1, 1
                """));
  }

  @Test
  void tiesGoByMediaIdInBothDirections() {
    assertThat(ids(MediaOrder.CREATED_TS, false, 1, 2)).containsExactly("m2", "m3");
    assertThat(ids(MediaOrder.CREATED_TS, true, 1, 2)).containsExactly("m2498", "m2499");
  }

  @Test
  void unknownLengthsComeLastAndDescendingFirst() {
    assertThat(ids(MediaOrder.MEDIA_LENGTH, false, 0, 1)).containsExactly("m5");
    assertThat(ids(MediaOrder.MEDIA_LENGTH, true, 2000, 1)).containsExactly("m2500");
  }

  @Test
  void idsComeInPortionsInTheOrderOfTheList() {
    List<Integer> portions = new ArrayList<>();
    List<String> ids = new ArrayList<>();

    media.ids(
        new MediaFilter(USER, MediaOrder.CREATED_TS, false, 100, Long.MAX_VALUE),
        portion -> {
          portions.add(portion.size());
          ids.addAll(portion);
        });

    assertThat(portions).containsExactly(1000, 1000, 400);
    assertThat(ids).isEqualTo(ids(MediaOrder.CREATED_TS, false, 100, 2400));
  }

  @Test
  void totalCountsAllOfTheUserAlone() {
    assertThat(media.list(new MediaFilter(USER, MediaOrder.MEDIA_ID, false, 9000, 5)))
        .satisfies(
            page -> {
              assertThat(page.items()).isEmpty();
              assertThat(page.total()).isEqualTo(2500);
            });
    assertThat(media.exists("other")).isTrue();
    assertThat(media.exists("nothing")).isFalse();
  }

  private static List<String> ids(MediaOrder order, boolean descending, long from, long limit) {
    return media.list(new MediaFilter(USER, order, descending, from, limit)).items().stream()
        .map(Medium::mediaId)
        .toList();
  }
}
