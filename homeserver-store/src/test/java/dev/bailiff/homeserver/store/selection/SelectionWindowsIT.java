package dev.bailiff.homeserver.store.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.TargetType;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Accounts for a little more than two windows, of which a few match, in the first window and the
 * last. Statements that read as many rows as they need have no time here.
 */
class SelectionWindowsIT {
  private static final int ACCOUNTS = 2 * PostgresSelection.WINDOW + 7;

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Jdbi jdbi;

  private final TargetFilter few = Filter.of(TargetType.USER, "{'admin': true}");
  private final SelectionPort inWindows =
      new PostgresSelection(jdbi, StoreTimeouts.defaults(), Duration.ofMillis(1));
  private final SelectionPort whole =
      new PostgresSelection(jdbi, StoreTimeouts.defaults(), Duration.ofSeconds(10));

  @BeforeAll
  static void fill() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into homeserver.account (user_id, created_at, admin)
              select '@user-' || lpad(n::text, 6, '0') || ':x', n, n < 3 or n > :n - 2
                from generate_series(1, :n) n
              """
                  .replace(":n", "" + ACCOUNTS));
          handle.execute("analyze homeserver.account");
        });
  }

  @Test
  void windowsFindTheSameAsOneStatement() {
    var found = find(inWindows, 10);

    assertThat(found).hasSize(4).isEqualTo(find(whole, 10));
  }

  @Test
  void fullPageInsideAWindowGoesOnBehindItsLastTarget() {
    assertThat(find(inWindows, 1)).isEqualTo(find(whole, 10));
  }

  @Test
  void filterOnTheKeyReadsOnlyItsWindow() {
    var last = Filter.of(TargetType.USER, "{'user_id': '@user-04000*'}");

    var page = inWindows.find(last, new SelectionPlace("", true).cursor(), 100);

    assertThat(page.ids()).hasSize(8);
    assertThat(page.next()).as("the window holds the rest").isNull();
  }

  @Test
  void countInWindowsIsExactIfThereIsTime() {
    assertThat(
            new PostgresSelection(jdbi, StoreTimeouts.defaults())
                .count(few, 3, Duration.ofMinutes(1)))
        .isEqualTo(whole.count(few, 3, Duration.ofMinutes(1)))
        .satisfies(count -> assertThat(count.count()).isEqualTo(4))
        .satisfies(count -> assertThat(count.sample()).hasSize(3));
  }

  @Test
  void countWithoutTimeSaysThatItIsNotExact() {
    var count = whole.count(few, 3, Duration.ofNanos(1));

    assertThat(count.exact()).isFalse();
    assertThat(count.count()).isZero();
  }

  private List<String> find(SelectionPort port, int size) {
    var found = new ArrayList<String>();
    Cursor next = null;
    do {
      var page = port.find(few, next, size);
      found.addAll(page.ids());
      next = page.next();
    } while (next != null);
    return found;
  }
}
