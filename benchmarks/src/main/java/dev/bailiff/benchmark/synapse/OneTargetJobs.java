package dev.bailiff.benchmark.synapse;

import static dev.bailiff.standalone.client.ApiClient.path;

import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Calls;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.SynapseStack;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One deactivation after another by the admin call, which is a job through the gateway, beside the
 * same call on Synapse itself. A call begins with its request and ends with its answer.
 */
public final class OneTargetJobs implements Row {
  private static final int MOST_WARM_UPS = 5;
  private static final double ADDED_SECONDS = 0.15;

  @Override
  public String name() {
    return "synapse-single";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var synapse = bench.synapse().get();
    int count = SynapseScale.of(bench.scale()).oneTargetJobs();
    try (SynapseStack stack =
        SynapseStack.start(
            bench.servers(), name(), synapse.homeserver(), DeactivateUsersContract.KIND)) {
      Callable<HttpConnection> direct = synapse.api()::connect;
      Callable<HttpConnection> through = () -> stack.connect(synapse.api().adminToken());
      deactivate(synapse, direct, count);
      double warmUp =
          WarmUp.of(MOST_WARM_UPS, run -> deactivate(synapse, through, count).seconds());
      var rounds =
          PairedRounds.of(
              bench.rounds(),
              round -> deactivate(synapse, direct, count),
              round -> deactivate(synapse, through, count));
      return List.of(
          new Measurement(
              new Measurement.Subject(
                  name(), "a one-user job by the admin call, request to answer", count),
              Calls.figures(rounds.baseline()),
              Calls.figures(rounds.bailiff()),
              Bound.done().andAddedP50(ADDED_SECONDS),
              Measurement.Notes.NONE.warmedUp(warmUp)));
    }
  }

  /** Deactivates fresh users, and requires that they are deactivated. */
  private static Calls deactivate(LiveSynapse synapse, Callable<HttpConnection> connect, int count)
      throws Exception {
    var users = synapse.data().users(count);
    var calls = Calls.by(1, count, () -> new Deactivations(connect.call(), users));
    long deactivated =
        synapse.number(
            "select count(*) from users"
                + " where name = any (string_to_array(?, ' ')) and deactivated = 1",
            String.join(" ", users));
    if (deactivated != count) {
      throw new IllegalStateException(deactivated + " of " + count + " users are deactivated");
    }
    return calls;
  }

  private record Deactivations(HttpConnection connection, List<String> users)
      implements Calls.Client {
    @Override
    public void call(int n) throws IOException {
      connection
          .post(path("/_synapse/admin/v1/deactivate/{}", users.get(n)), "{\"erase\":false}")
          .require(200);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
