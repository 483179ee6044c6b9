package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Where the resolution of a filter goes on.
 *
 * @param met how many targets the pages before had, including those that came twice
 * @param cursor of the homeserver; null at the start
 */
record ResolvePlace(long met, @Nullable Cursor cursor) {

  /** All targets are found, and are being put in their order. */
  static final Cursor SORTING = new Cursor("sorting");

  static ResolvePlace of(@Nullable Cursor stored) {
    if (stored == null || stored.equals(SORTING)) {
      return new ResolvePlace(stored == null ? 0 : -1, null);
    }
    int space = stored.value().indexOf(' ');
    return new ResolvePlace(
        Long.parseLong(stored.value().substring(0, space)),
        new Cursor(stored.value().substring(space + 1)));
  }

  /** The place behind some pages. */
  static Cursor at(Cursor next, long met) {
    return new Cursor(met + " " + next.value());
  }

  boolean isSorting() {
    return met < 0;
  }
}
