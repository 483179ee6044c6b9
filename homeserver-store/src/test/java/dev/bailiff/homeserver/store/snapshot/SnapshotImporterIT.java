package dev.bailiff.homeserver.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.testing.homeserver.Community;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole imports: the first, a repeated one, an interrupted one, and that of another server. */
class SnapshotImporterIT extends SnapshotFixture {
  @Test
  void communityArrivesWhole() throws IOException {
    ImportReport report = importer.importFrom(Community.folder(), null, progress -> {});

    assertThat(report.serverName()).isEqualTo(Community.SERVER);
    assertThat(report.events()).isEqualTo(5082);
    assertThat(report.mediaFiles()).isEqualTo(279);
    assertThat(report.missingFiles()).isZero();
    assertThat(report.shortFiles()).isZero();
    assertThat(count("account")).isEqualTo(71);
    assertThat(count("event")).isEqualTo(5082);
    assertThat(count("local_thumbnail")).isEqualTo(781);
    assertThat(count("event_report")).isEqualTo(20);
    assertThat(
            text(
                "select last_value >= (select max(stream_ordering) from homeserver.event)"
                    + " from homeserver.event_stream_ordering"))
        .isEqualTo("t");
    try (var files = Files.walk(media)) {
      assertThat(files.filter(Files::isRegularFile).count()).isGreaterThan(279);
    }
  }

  @Test
  void secondImportWritesNoRow() {
    importer.importFrom(Community.folder(), null, progress -> {});
    List<String> before = fingerprints();

    importer.importFrom(Community.folder(), null, progress -> {});

    assertThat(fingerprints()).isEqualTo(before);
  }

  /** Every row of every table with the transaction that wrote it, so that a rewritten row shows. */
  private List<String> fingerprints() {
    List<String> tables =
        texts(
            "select table_name from information_schema.tables where table_schema = 'homeserver'"
                + " and table_name not in ('import_progress', 'room_change') order by 1");
    return tables.stream()
        .map(
            table ->
                table
                    + text(
                        "select count(*) || coalesce(md5(string_agg(t.xmin::text || t::text, ','"
                            + " order by t::text)), '') from homeserver."
                            + table
                            + " t"))
        .toList();
  }

  @Test
  void interruptedImportGoesOnBehindItsLastBatch() throws IOException {
    List<String> lines = new ArrayList<>(List.of(SERVER));
    for (int i = 0; i < 5000; i++) {
      lines.add(user("u" + i));
    }
    lines.add("broken");
    write(lines.toArray(String[]::new));
    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .hasMessageStartingWith("line 5002: ");
    assertThat(count("account")).isEqualTo(4000);
    lines.set(5001, user("last"));
    write(lines.toArray(String[]::new));

    ImportReport report = importer.importFrom(folder, null, progress -> {});

    assertThat(report.resumedBehind()).isEqualTo(4001);
    assertThat(count("account")).isEqualTo(5001);
  }

  @Test
  void storeOfAnotherServerIsRefused() throws IOException {
    importer.importFrom(Community.folder(), null, progress -> {});
    write(SERVER, user("a"));

    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining("chat.example");
    assertThatThrownBy(() -> importer.importFrom(Community.folder(), "other.example", p -> {}))
        .hasMessageContaining("not of other.example");
    assertThat(count("account")).isEqualTo(71);
  }
}
