package dev.bailiff.testing.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.media.OwnedPage;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.MediaContract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real Synapse keeps the contract of media. */
@Tag("synapse")
class SynapseMediaContractIT extends MediaContract {
  private final SynapseFixture fixture = SynapseFixture.withAppservice();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private MediaPort port() {
    return fixture.homeserver().media();
  }

  private BatchDriver.Total delete(MediaPage page) {
    var items = page.ids().stream().map(id -> new MediaItem(0, id)).toList();
    return BatchDriver.run(
        (cursor, commit) ->
            port().deleteMedia(new MediaDeletion(items, null, page.page()), commit));
  }

  @Test
  void pagesOfAUsersMediaAreDeletedTogetherAndWhatTheyLeaveIsNamed() throws IOException {
    var user = fixture.newUser("many");
    var ids = new ArrayList<String>();
    for (int n = 0; n < 30; n++) {
      ids.add(fixture.upload(user, 50));
    }
    var stuck = ids.get(25);
    replaceByAFolder(stuck);
    var range = steps().ranges(MediaScope.of(user), 3).get(0);
    assertThat(range.items()).isEqualTo(30);
    var later = fixture.upload(user, 50);

    var newest = port().media(range, null, 20);
    var first = delete(newest);
    var again = port().media(range, null, 20);
    var oldest = port().media(range, newest.next(), 20);
    var second = delete(oldest);

    assertThat(newest.page()).isEqualTo(new OwnedPage(user, 10, 1));
    assertThat(newest.ids()).containsExactlyInAnyOrderElementsOf(ids.subList(10, 30));
    assertThat(first.done()).isEqualTo(19);
    assertThat(first.failures()).extracting(Failure::item).containsExactly(stuck);
    assertThat(first.list("deleted_media")).hasSize(19).doesNotHaveDuplicates();
    assertThat(again.ids()).as("what is left of the batch").containsExactly(stuck);
    assertThat(oldest.page()).isEqualTo(new OwnedPage(user, 0, 2));
    assertThat(oldest.next()).isNull();
    assertThat(second.done()).isEqualTo(10);
    assertThat(second.list("deleted_media"))
        .containsExactlyInAnyOrderElementsOf(ids.subList(0, 10));
    assertThat(List.of(stuck, later)).allMatch(fixture::hasMedium);
  }

  /** Synapse cannot remove a folder, so it keeps the record. */
  private void replaceByAFolder(String id) throws IOException {
    var content =
        fixture
            .synapse()
            .server()
            .log()
            .resolveSibling("media")
            .resolve("local_content")
            .resolve(id.substring(0, 2))
            .resolve(id.substring(2, 4))
            .resolve(id.substring(4));
    Files.delete(content);
    Files.createDirectory(content);
  }

  @Test
  void protectedAndQuarantinedMediaAreSparedIfAsked() {
    var user = fixture.newUser("spared");
    var free = fixture.upload(user, 10);
    var safe = fixture.upload(user, 11);
    var quarantined = fixture.upload(user, 12);
    fixture
        .http()
        .admin(
            "POST",
            SynapseHttp.path("/_synapse/admin/v1/media/protect/{}", safe),
            SynapseHttp.object())
        .ok();
    fixture
        .http()
        .admin(
            "POST",
            SynapseHttp.path(
                "/_synapse/admin/v1/media/quarantine/{}/{}",
                fixture.synapse().server().serverName(),
                quarantined),
            SynapseHttp.object())
        .ok();
    var items = List.of(free, safe, quarantined).stream().map(id -> new MediaItem(0, id)).toList();

    var deleted = steps().delete(items, MediaSweep.SPARING);

    assertThat(deleted.done()).isEqualTo(1);
    assertThat(deleted.skipped()).isEqualTo(2);
    assertThat(fixture.hasMedium(free)).isFalse();
    assertThat(List.of(safe, quarantined)).allMatch(fixture::hasMedium);
  }
}
