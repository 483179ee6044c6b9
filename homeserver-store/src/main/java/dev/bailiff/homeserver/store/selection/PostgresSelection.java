package dev.bailiff.homeserver.store.selection;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.selection.SelectionPage;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.selection.TargetCount;
import dev.bailiff.homeserver.store.batch.BoundedTransactions;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.room.RoomSummaries;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Selections in the own store, which answers all conditions. Thread-safe.
 *
 * <p>A page or a count is asked for whole first. If that takes longer than {@code whole}, the rows
 * are read window by window from then on.
 */
public final class PostgresSelection implements SelectionPort {

  /** Rows of a window. The dearest conditions cost about ten microseconds a row. */
  static final int WINDOW = 20_000;

  private static final Duration WHOLE = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final StoreTimeouts timeouts;
  private final RoomSummaries summaries;
  private final Duration whole;

  public PostgresSelection(Jdbi jdbi, StoreTimeouts timeouts) {
    this(jdbi, timeouts, WHOLE);
  }

  /**
   * @param whole how long a statement may take that reads as many rows as it needs
   */
  PostgresSelection(Jdbi jdbi, StoreTimeouts timeouts, Duration whole) {
    this.jdbi = jdbi;
    this.timeouts = timeouts;
    this.summaries = new RoomSummaries(jdbi);
    this.whole = whole;
  }

  @Override
  public SelectionPage find(TargetFilter filter, @Nullable Cursor after, int size) {
    if (after == null) {
      prepare(filter);
    }
    var place = SelectionPlace.of(after);
    if (!place.inWindows()) {
      var page = inTime(whole, handle -> Rows.of(handle, filter).page(place.after(), null, size));
      if (page.isPresent()) {
        return page(page.get(), size, null, false);
      }
    }
    return read(
        timeouts.statement(),
        handle -> {
          var rows = Rows.of(handle, filter);
          var upto = rows.windowEnd(place.after());
          return page(rows.page(place.after(), upto, size), size, upto, true);
        });
  }

  /** The page of these ids; a page that is not full ends with the window, or at the end of all. */
  private static SelectionPage page(
      List<String> ids, int size, @Nullable String upto, boolean inWindows) {
    var last = ids.size() == size ? ids.get(size - 1) : upto;
    return new SelectionPage(
        ids, last == null ? null : new SelectionPlace(last, inWindows).cursor());
  }

  @Override
  public TargetCount count(TargetFilter filter, int sample, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    prepare(filter);
    var half = within.dividedBy(2);
    return inTime(half, handle -> Rows.of(handle, filter).count("", null, sample))
        .orElseGet(() -> countInWindows(filter, sample, end));
  }

  /** Counts from the first row on; what comes later than the end is not counted. */
  private TargetCount countInWindows(TargetFilter filter, int sample, long end) {
    long count = 0;
    var ids = new TreeSet<String>();
    @Nullable String after = "";
    while (after != null) {
      var place = after;
      var window =
          inTime(
              Duration.ofNanos(end - System.nanoTime()),
              handle -> Rows.of(handle, filter).window(place, sample));
      if (window.isEmpty()) {
        return new TargetCount(count, false, List.copyOf(ids));
      }
      count += window.get().count().count();
      window.get().count().sample().stream().limit(sample - ids.size()).forEach(ids::add);
      after = window.get().upto();
    }
    return new TargetCount(count, true, List.copyOf(ids));
  }

  /** The targets of a window, and where it ends; null if it holds the rest. */
  private record Window(TargetCount count, @Nullable String upto) {}

  private void prepare(TargetFilter filter) {
    if (filter.targets() == TargetType.ROOM) {
      summaries.refresh();
    }
  }

  /** Empty if the time was not enough. PostgreSQL takes no time-out below a millisecond. */
  private <T> Optional<T> inTime(Duration most, Function<Handle, T> query) {
    if (most.toMillis() <= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(most, query));
    } catch (RuntimeException e) {
      if (StatementCancelled.says(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> T read(Duration statement, Function<Handle, T> query) {
    return new BoundedTransactions(
            jdbi, new StoreTimeouts(timeouts.lock(), timeouts.idleInTransaction(), statement))
        .read(query);
  }

  /** The rows of one filter, in one transaction. */
  private record Rows(Handle handle, SelectionSql sql) {
    static Rows of(Handle handle, TargetFilter filter) {
      return new Rows(
          handle,
          switch (filter.targets()) {
            case USER -> UserSelection.of(filter);
            case ROOM -> RoomSelection.of(filter, new Spaces(handle)::below);
            case MEDIA -> MediaSelection.of(filter);
          });
    }

    List<String> page(String after, @Nullable String upto, int size) {
      var query =
          sql.bind(handle.createQuery(sql.page(upto != null)))
              .bind("after", after)
              .bind("size", size);
      return (upto == null ? query : query.bind("upto", upto)).mapTo(String.class).list();
    }

    TargetCount count(String after, @Nullable String upto, int sample) {
      var query =
          sql.bind(handle.createQuery(sql.count(upto != null)))
              .bind("after", after)
              .bind("size", sample);
      return (upto == null ? query : query.bind("upto", upto))
          .map(
              (row, context) ->
                  new TargetCount(
                      row.getLong("targets"),
                      true,
                      List.of((String[]) row.getArray("ids").getArray())))
          .one();
    }

    @Nullable String windowEnd(String after) {
      return sql.bindPrefix(handle.createQuery(sql.windowEnd()))
          .bind("after", after)
          .bind("skipped", WINDOW - 1)
          .mapTo(String.class)
          .findOne()
          .orElse(null);
    }

    Window window(String after, int sample) {
      var upto = windowEnd(after);
      return new Window(count(after, upto, sample), upto);
    }
  }
}
