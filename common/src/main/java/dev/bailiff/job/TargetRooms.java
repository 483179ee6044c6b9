package dev.bailiff.job;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where the accepting side reads which rooms a target means right now. Called inside the accepting
 * transaction.
 */
@FunctionalInterface
public interface TargetRooms {

  /** No rooms are stored. */
  TargetRooms NONE = (target, sink) -> {};

  /** Gives the rooms of {@code target} to {@code sink} in pages of bounded size. */
  void read(String target, Consumer<List<String>> sink);
}
