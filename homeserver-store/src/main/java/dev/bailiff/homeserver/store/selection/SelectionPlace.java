package dev.bailiff.homeserver.store.selection;

import dev.bailiff.homeserver.batch.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Where a selection goes on.
 *
 * @param after the last key that was read
 * @param inWindows whether whole pages took too long
 */
record SelectionPlace(String after, boolean inWindows) {
  private static final String WINDOWS = "windows ";
  private static final String PAGES = "pages ";

  static SelectionPlace of(@Nullable Cursor cursor) {
    if (cursor == null) {
      return new SelectionPlace("", false);
    }
    var text = cursor.value();
    return text.startsWith(WINDOWS)
        ? new SelectionPlace(text.substring(WINDOWS.length()), true)
        : new SelectionPlace(text.substring(PAGES.length()), false);
  }

  Cursor cursor() {
    return new Cursor((inWindows ? WINDOWS : PAGES) + after);
  }
}
