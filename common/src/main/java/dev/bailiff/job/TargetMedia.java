package dev.bailiff.job;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where the accepting side reads which media a target means right now. Called inside the accepting
 * transaction.
 */
@FunctionalInterface
public interface TargetMedia {

  /** No media are stored. */
  TargetMedia NONE = (target, sink) -> {};

  /** Gives the media ids of {@code target} to {@code sink} in pages of bounded size. */
  void read(String target, Consumer<List<String>> sink);
}
