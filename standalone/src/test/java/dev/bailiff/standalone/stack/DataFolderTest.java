package dev.bailiff.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.embedded.EmbeddedPostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;

  @Test
  void tokenIsMadeOnceAndReadableByItsOwnerAlone() throws IOException {
    DataFolder folder = made();

    String token = folder.requireAdminToken();

    assertThat(token).hasSizeGreaterThanOrEqualTo(43).matches("[A-Za-z0-9_-]+");
    assertThat(folder.requireAdminToken()).isEqualTo(token);
    assertThat(folder.adminToken()).contains(token);
    assertThat(permissions("admin-token")).isEqualTo("rw-------");
  }

  /** As of two starts at the same moment: one of them is refused later, by the lock. */
  @Test
  void manyMayMakeTheSameFolderAtOnce() throws Exception {
    int makers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(makers);
    try {
      for (int round = 0; round < 30; round++) {
        DataFolder folder = DataFolder.at(temp.resolve("round-" + round));
        CyclicBarrier together = new CyclicBarrier(makers);
        List<Callable<Boolean>> starts =
            Collections.nCopies(
                makers,
                () -> {
                  together.await();
                  folder.create();
                  return Files.isDirectory(folder.media());
                });
        for (Future<Boolean> made : threads.invokeAll(starts)) {
          assertThat(made.get()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void passwordIsKeptBeforeAnythingIsStarted() throws IOException {
    DataFolder folder = made();

    RuntimeInfo first = folder.requireRuntime();

    assertThat(permissions("runtime.json")).isEqualTo("rw-------");
    assertThat(folder.requireRuntime().postgres().password())
        .isEqualTo(first.postgres().password())
        .hasSizeGreaterThanOrEqualTo(43);
    assertThat(first.toString()).doesNotContain(first.postgres().password());
    assertThat(folder.requireRuntime().kafka().password())
        .isEqualTo(first.kafka().password())
        .isNotEqualTo(first.postgres().password())
        .hasSizeGreaterThanOrEqualTo(43);
    assertThat(first.kafka().toString()).doesNotContain(first.kafka().password());
  }

  @Test
  void folderOfAReleaseWhoseKafkaHadNoPasswordGetsOne() throws IOException {
    DataFolder folder = made();
    folder.requireRuntime();
    Path file = temp.resolve("d").resolve("runtime.json");
    String text = Files.readString(file);
    Files.writeString(
        file,
        text.substring(0, text.indexOf("\"kafka\""))
            + "\"kafka\": {\"port\": 7, \"controller_port\": 8, \"bootstrap_servers\": \"127.0.0.1:7\"}, "
            + text.substring(text.indexOf("\"folder_id\"")));
    assertThat(folder.runtime()).get().matches(old -> old.kafka().account().isEmpty());

    RuntimeInfo.KafkaInfo kafka = folder.requireRuntime().kafka();

    assertThat(kafka.port()).isEqualTo(7);
    assertThat(kafka.password()).hasSizeGreaterThanOrEqualTo(43);
    assertThat(folder.requireRuntime().kafka()).isEqualTo(kafka);
  }

  @Test
  void runtimeIsUpOnlyWhileItsProcessServes() {
    DataFolder folder = made();
    RuntimeInfo starting = folder.requireRuntime();
    assertThat(starting.isUp()).isFalse();

    folder.write(starting.serving("http://127.0.0.1:1", "http://127.0.0.1:2"));
    assertThat(folder.runtime()).get().matches(RuntimeInfo::isUp);

    folder.write(folder.runtime().orElseThrow().stopped());
    assertThat(folder.runtime()).get().matches(info -> !info.isUp());
  }

  @Test
  void processIdOfAnotherLifeIsNotUp() {
    RuntimeInfo mine = made().requireRuntime();

    RuntimeInfo earlier =
        new RuntimeInfo(
            mine.pid(),
            Instant.parse("2020-01-01T00:00:00Z"),
            "http://127.0.0.1:1",
            "http://127.0.0.1:2",
            mine.postgres(),
            mine.kafka(),
            mine.folderId(),
            mine.synapse());

    assertThat(earlier.isUp()).isFalse();
  }

  @Test
  void folderRemembersWhereASynapseIsAndNoTokenOfIt() throws IOException {
    Path token = Files.writeString(temp.resolve("token"), "a-secret");
    var synapse =
        new RuntimeInfo.SynapseInfo(URI.create("http://127.0.0.1:1"), token.toString(), null, null);
    DataFolder folder = made();

    folder.write(folder.requireRuntime().actingOn(synapse).stopped());

    assertThat(folder.requireRuntime().synapse()).isEqualTo(synapse);
    assertThat(folder.runtime()).get().matches(info -> !info.homeserver().isOwnStore());
    assertThat(temp.resolve("d/runtime.json")).content().doesNotContain("a-secret");
  }

  @Test
  void folderIsClosedToOthers() throws IOException {
    made();

    assertThat(permissions(""))
        .isEqualTo(EmbeddedPostgresServer.runsUnderAnotherAccount() ? "rwx--x--x" : "rwx------");
    assertThat(permissions("bin")).isEqualTo("rwx------");
    assertThat(permissions("postgres")).isEqualTo("rwx------");
    assertThat(permissions("media")).isEqualTo("rwx------");
    assertThat(permissions("kafka")).isEqualTo("rwx------");
  }

  @Test
  void brokenRuntimeFileIsNamed() throws IOException {
    DataFolder folder = made();
    Files.writeString(temp.resolve("d/runtime.json"), "{");

    assertThatThrownBy(folder::runtime).hasMessageContaining("runtime.json cannot be read");
  }

  private DataFolder made() {
    DataFolder folder = DataFolder.at(temp.resolve("d"));
    folder.create();
    return folder;
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(temp.resolve("d").resolve(name)));
  }
}
