package dev.bailiff.homeserver.synapse.selection;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.synapse.api.ListCalls.Page;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is read by offsets, and in the list of one of its items. If items before
 * the place are deleted, those behind it move up: the list is then shorter than it was, and is read
 * from so many items further up. An item may thus come twice, but none is passed over.
 *
 * @param from number of items before the place
 * @param total number of items of the list when it was read last
 * @param within number of items before the place in the item's own list
 * @param withinTotal number of items of that list when it was read last
 * @param item id of the item whose own list the place is in; empty if it is in none
 */
record Place(long from, long total, long within, long withinTotal, String item) {
  private static final int PARTS = 5;

  static final Place START = new Place(0, 0, 0, 0, "");

  static Place of(@Nullable Cursor cursor) {
    if (cursor == null) {
      return START;
    }
    var parts = cursor.value().split(" ", PARTS);
    return new Place(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        parts[4]);
  }

  Cursor cursor() {
    return new Cursor(from + " " + total + " " + within + " " + withinTotal + " " + item);
  }

  /**
   * A page of a list, and where it begins.
   *
   * @param from number of items before the page
   */
  record Read(long from, Page page) {
    /** The place of an item of the page. */
    Place at(int index) {
      return new Place(from + index, page.total(), 0, 0, "");
    }

    /** Whether the list ends with the page. */
    boolean isLast() {
      return page.items().isEmpty() || from + page.items().size() >= page.total();
    }
  }

  /** This place, and in the own list of its item the place up to which that list was read. */
  Place within(String id, Place own) {
    return new Place(from, total, own.from(), own.total(), id);
  }

  /** Reads a page from this place. */
  Read read(LongFunction<Page> list) {
    return read(from, total, list);
  }

  /** Reads a page of the item's own list from this place. */
  Read readWithin(LongFunction<Page> list) {
    return read(within, withinTotal, list);
  }

  private static Read read(long from, long total, LongFunction<Page> list) {
    var page = list.apply(from);
    long gone = total - page.total();
    if (gone <= 0 || from == 0) {
      return new Read(from, page);
    }
    long before = Math.max(0, from - gone);
    return new Read(before, list.apply(before));
  }
}
