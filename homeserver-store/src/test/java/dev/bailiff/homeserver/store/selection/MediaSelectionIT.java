package dev.bailiff.homeserver.store.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.schemas.kind.TargetType;
import dev.bailiff.testing.homeserver.MediaRows;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each condition on media, on media of which one at least meets it and one does not. */
class MediaSelectionIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;

  @BeforeEach
  void fill() {
    jdbi = Database.jdbi(postgres.dataSource());
    var media = new MediaRows(jdbi);
    long hour = 3_600_000;
    long now = Filter.NOW.toEpochMilli();
    media.local("cat", "@ann:x", 100L, now - 2 * hour);
    media.local("film", "@ben:x", 5_000_000L, now - hour);
    set("cat", "media_type = 'image/png'");
    set("film", "media_type = 'video/mp4', last_access_at = " + now);
  }

  private void set(String medium, String values) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.local_media set " + values + " where media_id = ?", medium));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'owner': '@ann:x'               | cat",
        "'owner': '@b*'                  | film",
        "'type': 'IMAGE/*'               | cat",
        "'created_after': '-90m'         | film",
        "'created_before': '-90m'        | cat",
        "'last_access_before': '-30m'    | cat",
        "'never_accessed': true          | cat",
        "'never_accessed': false         | film",
        "'size_more_than': '1MB'         | film",
        "'size_more_than': 99            | cat film",
        "'quarantined': true             | ''",
        "'protected': true               | ''"
      })
  void whatTheMediumItselfSays(String json, String found) {
    assertThat(find(json)).isEqualTo(found.isBlank() ? List.of() : List.of(found.split(" ")));
  }

  @Test
  void whatIsInQuarantineOrProtectedFromItIsOutUnlessAskedFor() {
    set("cat", "quarantined_by = '@admin:x'");
    set("film", "safe_from_quarantine = true");

    assertThat(find("'owner': '@*'")).isEmpty();
    assertThat(find("'quarantined': true")).containsExactly("cat");
    assertThat(find("'protected': true")).containsExactly("film");
    assertThat(find("'protected': [true, false], 'quarantined': [true, false]")).hasSize(2);
  }

  private List<String> find(String json) {
    var selection = new PostgresSelection(jdbi, StoreTimeouts.defaults());
    return selection.find(Filter.of(TargetType.MEDIA, "{" + json + "}"), null, 100).ids();
  }
}
