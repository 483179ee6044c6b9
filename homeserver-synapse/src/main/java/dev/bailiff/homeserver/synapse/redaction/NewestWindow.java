package dev.bailiff.homeserver.synapse.redaction;

import java.util.ArrayDeque;

/** Counts the open candidates among the newest ones of a room, as they come oldest first. */
final class NewestWindow {
  private final int size;
  private final ArrayDeque<Boolean> newest = new ArrayDeque<>();
  private long open;

  NewestWindow(int size) {
    this.size = size;
  }

  void add(boolean isOpen) {
    open += isOpen ? 1 : 0;
    newest.addLast(isOpen);
    if (newest.size() > size) {
      open -= newest.removeFirst() ? 1 : 0;
    }
  }

  long open() {
    return open;
  }
}
