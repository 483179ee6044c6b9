package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.SynapseStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a job beside Synapse's own calls. Bailiff runs idle beside Synapse's own side. Each side
 * of each round has fresh data on the same server; then come {@code vacuum}, {@code analyze} and a
 * checkpoint, and then the clock starts.
 *
 * @param <D> the data of one side of one round
 */
public final class SynapseComparison<D> implements Row {
  private final SynapseWork<D> work;

  SynapseComparison(SynapseWork<D> work) {
    this.work = work;
  }

  /** The result of one side in one round. */
  private record Side(
      double seconds,
      Map<String, Double> stages,
      Map<String, Double> besides,
      List<String> traces) {}

  @Override
  public String name() {
    return work.name();
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var synapse = bench.synapse().get();
    var scale = SynapseScale.of(bench.scale());
    var warmUp = work.furnishWarmUp(synapse);
    try (SynapseStack stack =
        SynapseStack.start(
            bench.servers(), name(), work.homeserver(synapse, scale), work.job(warmUp).kind())) {
      work.byHand(synapse, work.furnishWarmUp(synapse));
      double warm = stack.run(work.job(warmUp)).seconds();
      var rounds =
          PairedRounds.of(
              bench.rounds(),
              round -> byHand(bench, synapse, scale),
              round -> bailiff(bench, synapse, scale, stack));
      requireSame(rounds);
      var besides = highest(rounds.bailiff());
      besides.putAll(work.afterwards(synapse, scale, stack));
      return List.of(
          new Measurement(
              new Measurement.Subject(name(), work.work(scale), work.items(scale)),
              Figures.of(rounds.baseline().stream().map(Side::seconds).toList()),
              Figures.of(rounds.bailiff().stream().map(Side::seconds).toList()),
              work.bound(),
              Measurement.Notes.NONE
                  .stages(rounds.bailiff().stream().map(Side::stages).toList())
                  .costs(besides)
                  .warmedUp(warm)));
    }
  }

  private static void requireSame(PairedRounds<Side, Side> rounds) {
    for (int round = 0; round < rounds.baseline().size(); round++) {
      var bySynapse = rounds.baseline().get(round).traces;
      var byBailiff = rounds.bailiff().get(round).traces;
      if (!bySynapse.equals(byBailiff)) {
        throw new IllegalStateException(
            "the two sides did not do the same: Synapse " + bySynapse + ", job " + byBailiff);
      }
    }
  }

  private Side byHand(Bench bench, LiveSynapse synapse, SynapseScale scale) throws Exception {
    D data = work.furnish(synapse, scale);
    synapse.settle();
    try (SynapseWork.Watch watch = work.watch(synapse, scale)) {
      long begin = System.nanoTime();
      work.byHand(synapse, data);
      double seconds = (System.nanoTime() - begin) / 1e9;
      var besides = watch.end();
      bench.printLine("%s: Synapse %.2f s %s", name(), seconds, besides);
      return new Side(seconds, Map.of(), besides, work.traces(synapse, data));
    }
  }

  private Side bailiff(Bench bench, LiveSynapse synapse, SynapseScale scale, SynapseStack stack)
      throws Exception {
    D data = work.furnish(synapse, scale);
    synapse.settle();
    try (SynapseWork.Watch watch = work.watch(synapse, scale)) {
      var done = stack.run(work.job(data));
      Map<String, Double> besides = new LinkedHashMap<>(watch.end());
      besides.putAll(work.besides(synapse, data, done));
      bench.printLine(
          "%s: Bailiff %.2f s, by stage %s %s", name(), done.seconds(), done.stages(), besides);
      return new Side(done.seconds(), done.stages(), besides, work.traces(synapse, data));
    }
  }

  private static Map<String, Double> highest(List<Side> rounds) {
    Map<String, Double> highest = new LinkedHashMap<>();
    for (Side round : rounds) {
      round.besides.forEach((name, value) -> highest.merge(name, value, Math::max));
    }
    return highest;
  }
}
