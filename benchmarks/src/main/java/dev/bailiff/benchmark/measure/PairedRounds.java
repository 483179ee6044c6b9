package dev.bailiff.benchmark.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * The results of two sides, round by round.
 *
 * @param <B> result of the baseline in one round
 * @param <T> result of Bailiff in one round
 */
public record PairedRounds<B, T>(List<B> baseline, List<T> bailiff) {

  /** One side of a pair. */
  @FunctionalInterface
  public interface Side<T> {
    /** Runs a round, from 0. */
    T run(int round) throws Exception;
  }

  /**
   * Runs pairs. The sides take turns in going first, so that neither side always has the warmer
   * machine.
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
