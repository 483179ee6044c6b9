package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deleting media: a user with five small media and three large ones, and somebody else's one. */
public abstract class MediaContract extends HomeserverContract {
  private static final int SMALL = 100;
  private static final int LARGE = 1000;

  private String user;
  private List<String> small;
  private List<String> large;
  private String other;

  @BeforeEach
  void fill() {
    user = fixture().newUser("uploader");
    small = List.of(upload(SMALL), upload(SMALL), upload(SMALL), upload(SMALL), upload(SMALL));
    large = List.of(upload(LARGE), upload(LARGE), upload(LARGE));
    other = fixture().upload(fixture().newUser("other"), LARGE);
  }

  private String upload(int length) {
    return fixture().upload(user, length);
  }

  private MediaPort port() {
    return homeserver().media();
  }

  protected final MediaSteps steps() {
    return new MediaSteps(port());
  }

  private void assertAllThere(List<String> ids) {
    assertThat(ids).allMatch(fixture()::hasMedium);
  }

  @Test
  void mediaOfAUserAreDeletedOnce() {
    MediaScope scope = MediaScope.of(user);
    List<Range> ranges = steps().ranges(scope, 3);
    List<MediaItem> media = steps().media(ranges);
    assertAllThere(small);

    BatchDriver.Total deleted = steps().delete(media, null);
    BatchDriver.Total again = steps().delete(media, null);

    assertThat(MediaSteps.ids(media))
        .hasSize(small.size() + large.size())
        .doesNotHaveDuplicates()
        .containsAll(small)
        .containsAll(large);
    assertThat(Ranges.items(ranges)).isEqualTo(media.size());
    assertThat(deleted.done()).isEqualTo(media.size());
    assertThat(deleted.list("deleted_media"))
        .containsExactlyInAnyOrderElementsOf(MediaSteps.ids(media));
    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(media.size());
    assertThat(again.list("deleted_media")).isEmpty();
    assertThat(port().mediaLeft(MediaSteps.ids(media)).ids()).isEmpty();
    assertThat(steps().ranges(scope, 3)).isEmpty();
    assertThat(MediaSteps.ids(media)).noneMatch(fixture()::hasMedium);
    assertThat(fixture().hasMedium(other)).isTrue();
  }

  @Test
  void sweepSelectsBySizeAndTime() {
    assumeThat(promises(Promise.SWEEPS_HAVE_RANGES)).isTrue();
    MediaSweep sweep = new MediaSweep(Long.MAX_VALUE, SMALL);
    List<MediaItem> selected = steps().media(MediaScope.of(sweep));
    List<MediaItem> all = steps().media(MediaScope.of(new MediaSweep(Long.MAX_VALUE, 0)));

    BatchDriver.Total deleted = steps().delete(all, sweep);

    assertThat(MediaSteps.ids(all)).containsAll(small).containsAll(large).contains(other);
    assertThat(MediaSteps.ids(selected))
        .containsAll(large)
        .contains(other)
        .doesNotContainAnyElementsOf(small);
    assertThat(deleted.done()).as("checked when deleted, too").isEqualTo(selected.size());
    assertThat(deleted.skipped()).isEqualTo(all.size() - selected.size());
    assertThat(steps().media(MediaScope.of(new MediaSweep(1, 0)))).isEmpty();
    assertThat(steps().media(MediaScope.of(sweep))).isEmpty();
    assertAllThere(small);
    assertThat(large).noneMatch(fixture()::hasMedium);
  }

  @Test
  void mediumThatIsNamedTwiceIsDeletedOnce() {
    String id = small.get(0);

    BatchDriver.Total deleted =
        steps().delete(List.of(new MediaItem(0, id), new MediaItem(1, id)), null);

    assertThat(deleted.done()).isEqualTo(1);
    assertThat(deleted.skipped()).isEqualTo(1);
    assertThat(fixture().hasMedium(id)).isFalse();
  }

  @Test
  void mediumIsNamedByItsUri() {
    String id = small.get(0);
    String uri = "mxc://" + homeserver().serverName() + "/" + id;
    assertThat(port().mediaLeft(List.of(uri)).ids()).containsExactly(uri);

    BatchDriver.Total deleted =
        steps().delete(List.of(new MediaItem(0, uri), new MediaItem(1, id)), null);

    assertThat(deleted.done()).isEqualTo(1);
    assertThat(deleted.skipped()).isEqualTo(1);
    assertThat(fixture().hasMedium(id)).isFalse();
    assertThat(port().mediaLeft(List.of(uri)).ids()).isEmpty();
  }

  @Test
  void avatarIsKnown() {
    assumeThat(promises(Promise.AVATARS_ARE_LISTED)).isTrue();
    fixture().setAvatar(user, small.get(0));

    assertThat(steps().avatars()).contains(small.get(0)).doesNotContain(small.get(1));
  }

  @Test
  void lostLeaseDeletesNothing() {
    IllegalStateException lost = new IllegalStateException("the lease is lost");
    List<MediaItem> media = steps().media(MediaScope.of(user));

    assertThatThrownBy(() -> port().deleteMedia(new MediaDeletion(media, null), lost(lost)))
        .isSameAs(lost);

    assertAllThere(MediaSteps.ids(media));
    assertThat(steps().delete(media, null).done()).isEqualTo(media.size());
  }
}
