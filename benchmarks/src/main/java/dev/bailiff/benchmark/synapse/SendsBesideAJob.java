package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.Sends;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Latencies;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.measure.Samples;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.SynapseStack;
import dev.bailiff.schemas.kind.RedactEventsContract;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A user's sends to a room while a gentle job redacts in other rooms. The baseline is the same
 * user's sends on the idle server; the windows of both take turns. The time of a round is the 95th
 * percentile of its sends.
 */
public final class SendsBesideAJob implements Row {
  private static final String RATE = "redactions/s";
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 20;

  /** The result of one window. */
  private record Window(Latencies sends, double redactionsASecond) {}

  @Override
  public String name() {
    return "synapse-sends";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var synapse = bench.synapse().get();
    var scale = SynapseScale.of(bench.scale());
    var chat = Sends.Chat.make(synapse);
    try (SynapseStack stack =
        SynapseStack.start(
            bench.servers(), name(), synapse.homeserver(), RedactEventsContract.KIND)) {
      stack.run(FastRedaction.Spam.make(synapse, 1, 20).redaction("gentle"));
      Sends.during(synapse, chat, WARM_UP);
      var rounds =
          PairedRounds.of(
              bench.rounds(),
              round -> idle(bench, synapse, chat),
              round -> beside(bench, synapse, chat, stack));
      return List.of(
          new Measurement(
              new Measurement.Subject(
                  name(),
                  String.format(
                      Locale.ROOT,
                      "p95 of a user's sends beside a gentle job, windows of %d s",
                      scale.window().toSeconds()),
                  1),
              figures(rounds.baseline()),
              figures(rounds.bailiff()),
              Bound.timesAtMost(1.5),
              Measurement.Notes.NONE
                  .costs(Map.of(RATE, rate(rounds.bailiff())))
                  .warmedUp(WARM_UP.toSeconds())));
    }
  }

  private static Figures figures(List<Window> windows) {
    return Figures.of(
        windows.stream().map(window -> window.sends.p95()).toList(),
        Latencies.together(windows.stream().map(Window::sends).toList()));
  }

  private static double rate(List<Window> windows) {
    return new Samples(windows.stream().map(Window::redactionsASecond).toList()).median();
  }

  private Window idle(Bench bench, LiveSynapse synapse, Sends.Chat chat)
      throws InterruptedException, SQLException {
    synapse.settle();
    var sends = Sends.during(synapse, chat, SynapseScale.of(bench.scale()).window());
    bench.printLine("%s: idle, p95 %.1f ms", name(), sends.p95() * 1e3);
    return new Window(sends, 0);
  }

  private Window beside(Bench bench, LiveSynapse synapse, Sends.Chat chat, SynapseStack stack)
      throws InterruptedException, SQLException {
    var scale = SynapseScale.of(bench.scale());
    var spam =
        FastRedaction.Spam.make(
            synapse, SynapseScale.ROOMS, scale.gentleEvents() / SynapseScale.ROOMS);
    synapse.settle();
    long none = redactions(synapse);
    var job = stack.submit(spam.redaction("gentle"));
    while (redactions(synapse) == none) {
      Thread.sleep(LOOK_MILLIS);
    }
    long before = redactions(synapse);
    long begin = System.nanoTime();
    var sends = Sends.during(synapse, chat, scale.window());
    double rate = (redactions(synapse) - before) / ((System.nanoTime() - begin) / 1e9);
    if (!stack.isOpen(job)) {
      throw new IllegalStateException("the job ended before the window: it had too few events");
    }
    stack.cancel(job);
    bench.printLine("%s: beside a job of %.1f/s, p95 %.1f ms", name(), rate, sends.p95() * 1e3);
    return new Window(sends, rate);
  }

  private static long redactions(LiveSynapse synapse) throws SQLException {
    return synapse.number("select count(*) from redactions");
  }
}
