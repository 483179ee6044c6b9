package dev.bailiff.job;

import java.util.List;
import java.util.function.Consumer;

/**
 * Which rooms a target means right now. Asked inside the accepting transaction, so it must have
 * them at hand: it asks nobody.
 */
@FunctionalInterface
public interface TargetRooms {

  /** No rooms are stored. */
  TargetRooms NONE = (target, sink) -> {};

  /** Gives the rooms of {@code target} to {@code sink} in pages of bounded size. */
  void read(String target, Consumer<List<String>> sink);
}
