package dev.bailiff.job;

import java.util.List;
import java.util.function.Consumer;

/**
 * Which media a target means right now. Asked inside the accepting transaction, so it must have
 * them at hand: it asks nobody.
 */
@FunctionalInterface
public interface TargetMedia {

  /** No media are stored. */
  TargetMedia NONE = (target, sink) -> {};

  /** Gives the media ids of {@code target} to {@code sink} in pages of bounded size. */
  void read(String target, Consumer<List<String>> sink);
}
