package dev.bailiff.job;

import java.util.List;

/**
 * The meaning of a job's targets at the moment of its acceptance. The store keeps it as lists of
 * items beside each target, because the same words would mean something else later. An example: the
 * rooms of a user, whom another job may remove from them.
 */
@FunctionalInterface
public interface TargetSnapshot {

  /** No item of any target. */
  TargetSnapshot NONE = (target, sink) -> {};

  /** Gives the items of {@code target} to {@code sink}, in pages of bounded size. */
  void read(String target, Sink sink);

  /** Takes items. */
  @FunctionalInterface
  interface Sink {

    /** Takes a page of items of a list. An item that is there already is fine. */
    void add(String list, List<String> items);
  }
}
