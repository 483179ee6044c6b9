package dev.bailiff.benchmark.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * What two sides gave, round by round.
 *
 * @param <B> what the baseline gives in one round
 * @param <T> what Bailiff gives in one round
 */
public record PairedRounds<B, T>(List<B> baseline, List<T> bailiff) {

  /** One side of a pair. */
  @FunctionalInterface
  public interface Side<T> {
    /** Runs a round, from 0. */
    T run(int round) throws Exception;
  }

  /**
   * Runs pairs; in each round the other side goes first, so that neither has the warmer machine.
   */
  public static <B, T> PairedRounds<B, T> of(int rounds, Side<B> baseline, Side<T> bailiff)
      throws Exception {
    List<B> byBaseline = new ArrayList<>();
    List<T> byBailiff = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        byBaseline.add(baseline.run(round));
        byBailiff.add(bailiff.run(round));
      } else {
        byBailiff.add(bailiff.run(round));
        byBaseline.add(baseline.run(round));
      }
    }
    return new PairedRounds<>(byBaseline, byBailiff);
  }
}
