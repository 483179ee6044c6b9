package dev.bailiff.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderIdentityTest {
  @TempDir Path temp;
  private Path place;
  private RuntimeInfo first;

  @BeforeEach
  void made() {
    place = temp.resolve("d");
    DataFolder folder = DataFolder.at(place);
    first = start(folder);
    folder.write(
        first
            .withServers(new RuntimeInfo.PostgresInfo(20_001, "u", "postgres", "p"), first.kafka())
            .serving("http://127.0.0.1:1", "http://127.0.0.1:2"));
  }

  @Test
  void folderKeepsItsIdentityWhereItIs() {
    assertThat(start(DataFolder.at(place)).folderId()).isEqualTo(first.folderId());
    assertThat(identity(place).arrival()).isEqualTo(FolderArrival.MADE);
  }

  @Test
  void linkToTheFolderIsTheSameFolder() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), place);

    assertThat(DataFolder.at(link).path()).isEqualTo(DataFolder.at(place).path());
    assertThat(start(DataFolder.at(link)).folderId()).isEqualTo(first.folderId());
  }

  @Test
  void movedFolderGetsAnotherAndKeepsItsPorts() throws IOException {
    Path moved = Files.move(place, temp.resolve("moved"));

    RuntimeInfo there = start(DataFolder.at(moved));

    assertThat(there.folderId()).isNotEqualTo(first.folderId());
    assertThat(there.postgres().port()).isEqualTo(20_001);
    assertThat(identity(moved).arrival()).isEqualTo(FolderArrival.MOVED);
    assertThat(identity(moved).formerId()).isEqualTo(first.folderId());
  }

  @Test
  void copyGetsAnotherAndOtherPorts() throws Exception {
    Path copy = copy("copy");
    assertThat(DataFolder.at(place).runtime()).get().matches(RuntimeInfo::isUp);
    assertThat(DataFolder.at(copy).runtime()).get().matches(info -> !info.isUp());

    RuntimeInfo there = start(DataFolder.at(copy));

    assertThat(there.folderId()).isNotEqualTo(first.folderId());
    assertThat(there.postgres().port()).isZero();
    assertThat(there.postgres().password()).isEqualTo("p");
    assertThat(identity(copy).arrival()).isEqualTo(FolderArrival.COPIED);
    assertThat(identity(place).id()).isEqualTo(first.folderId());
  }

  @Test
  void folderPutBackFromABackupGetsAnother() throws Exception {
    Path backup = copy("backup");
    Files.move(place, temp.resolve("aside")); // kept, so that its inodes are not used again
    Files.move(backup, place);

    start(DataFolder.at(place));

    assertThat(identity(place).arrival()).isEqualTo(FolderArrival.RESTORED);
    assertThat(identity(place).formerId()).isEqualTo(first.folderId());
  }

  @Test
  void copyOfALinkToTheMediaIsRefusedUntilItHasItsOwn() throws Exception {
    Path media = Files.move(place.resolve("media"), temp.resolve("big disk"));
    Files.createSymbolicLink(place.resolve("media"), media);
    Files.delete(place.resolve("identity.json"));
    start(DataFolder.at(place));
    Path copy = copy("copy");

    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> start(DataFolder.at(copy)))
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining("its media/ is a link to the same files");
    }
    Files.delete(copy.resolve("media"));
    start(DataFolder.at(copy));
    assertThat(identity(copy).arrival()).isEqualTo(FolderArrival.COPIED);
  }

  @Test
  void folderOfAnOlderReleaseKnowsByItsMediaWhetherItWasCopied() throws Exception {
    for (String name : new String[] {"here", "elsewhere"}) {
      Path folder = temp.resolve(name);
      DataFolder.at(folder).create();
      Files.writeString(
          folder.resolve("runtime.json"),
          """
          {"postgres": {"port": 20002, "url": "", "user": "", "password": "p"},
           "kafka": {"port": 0, "controller_port": 0, "bootstrap_servers": ""},
           "media_folder": "%s"}
          """
              .formatted(temp.toRealPath().resolve("here/media")));
      start(DataFolder.at(folder));
    }

    assertThat(identity(temp.resolve("here")).arrival()).isEqualTo(FolderArrival.MADE);
    assertThat(identity(temp.resolve("elsewhere")).arrival()).isEqualTo(FolderArrival.COPIED);
    assertThat(DataFolder.at(temp.resolve("elsewhere")).runtime().orElseThrow().postgres().port())
        .isZero();
  }

  private static RuntimeInfo start(DataFolder folder) {
    folder.create();
    try (var lock = folder.lock()) {
      return folder.requireRuntime();
    }
  }

  private static FolderIdentity identity(Path folder) {
    return DataFolder.at(folder).identity().orElseThrow();
  }

  private Path copy(String name) throws IOException, InterruptedException {
    Path copy = temp.resolve(name);
    assertThat(new ProcessBuilder("cp", "-a", place.toString(), copy.toString()).start().waitFor())
        .isZero();
    return copy;
  }
}
