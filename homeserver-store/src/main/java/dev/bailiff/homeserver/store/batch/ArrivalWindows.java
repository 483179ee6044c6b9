package dev.bailiff.homeserver.store.batch;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.store.event.EventSql;
import org.jdbi.v3.core.Handle;

/**
 * Cuts the order of arrival into slices. A purge of millions of events leaves dead index entries
 * until the next vacuum; with slices, no single statement has to pass all of them.
 */
public final class ArrivalWindows {

  private static final long WIDTH = 1_000_000;

  private final long last;
  private long after;

  private ArrivalWindows(long after, long last) {
    this.after = after;
    this.last = last;
  }

  /** All slices behind a cursor, up to the last arrival. */
  public static ArrivalWindows from(Handle handle, Cursor cursor) {
    return behind(handle, Long.parseLong(cursor.value()));
  }

  /**
   * All slices behind a place, up to the last arrival. Events from before a server joined have
   * negative numbers.
   */
  public static ArrivalWindows behind(Handle handle, long after) {
    return new ArrivalWindows(after, lastArrival(handle));
  }

  public static long lastArrival(Handle handle) {
    return handle.createQuery(EventSql.LAST_ARRIVAL).mapTo(Long.class).one();
  }

  public static Cursor cursor(long after) {
    return new Cursor(Long.toString(after));
  }

  public boolean atEnd() {
    return after >= last;
  }

  public long after() {
    return after;
  }

  /** Upper end of the slice, included. */
  public long newest() {
    return after < 0 ? Math.min(0, last) : Math.min(after + WIDTH, last);
  }

  public long last() {
    return last;
  }

  public void advance() {
    after = newest();
  }
}
