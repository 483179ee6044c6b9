package dev.bailiff.job;

import java.util.List;

/**
 * The meaning of a job's targets at the moment of its acceptance, as lists of items that the store
 * keeps beside each target. The same words would mean something else later. An example is the rooms
 * of a user: another job may remove the user from them.
 */
@FunctionalInterface
public interface TargetSnapshot {

  /** A snapshot without items. */
  TargetSnapshot NONE = (target, sink) -> {};

  /** Gives the items of {@code target} to {@code sink}, in pages of bounded size. */
  void read(String target, Sink sink);

  /** Takes items. */
  @FunctionalInterface
  interface Sink {

    /** Takes a page of items of a list. An item that the list has already is ignored. */
    void add(String list, List<String> items);
  }
}
