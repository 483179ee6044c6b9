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
import dev.bailiff.schemas.kind.DeleteMediaContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Light calls of admin clients through the gateway, beside the same calls on Synapse itself. */
public final class LightCalls implements Row {
  private static final int USERS = 100;
  private static final int ROOMS = 20;
  private static final int MOST_WARM_UPS = 5;
  private static final double ADDED_SECONDS = 0.003;

  /** A call without a body. */
  private record Call(String name, String work, String path) {}

  @Override
  public String name() {
    return "synapse-light";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var synapse = bench.synapse().get();
    var calls = calls(synapse);
    synapse.settle();
    List<Measurement> measurements = new ArrayList<>();
    try (SynapseStack stack =
        SynapseStack.start(
            bench.servers(), name(), synapse.homeserver(), DeleteMediaContract.KIND)) {
      for (Call call : calls) {
        bench.printLine("%s-%s ...", name(), call.name);
        measurements.add(measure(bench, synapse, stack, call));
      }
    }
    return measurements;
  }

  private static List<Call> calls(LiveSynapse synapse) {
    var data = synapse.data();
    var users = data.users(USERS);
    var owner = users.get(0);
    var full = data.room(owner);
    data.join(full, users.subList(1, USERS));
    for (int n = 1; n < ROOMS; n++) {
      data.room(owner);
    }
    return List.of(
        new Call("user", "read a user", path("/_synapse/admin/v2/users/{}", owner)),
        new Call(
            "users", "list 100 users", "/_synapse/admin/v2/users?from=0&limit=100&guests=false"),
        new Call("room", "read a room", path("/_synapse/admin/v1/rooms/{}", full)),
        new Call("rooms", "list the rooms", "/_synapse/admin/v1/rooms?limit=" + ROOMS),
        new Call("version", "read the version", "/_synapse/admin/v1/server_version"),
        new Call(
            "members",
            "list the 100 members of a room",
            path("/_synapse/admin/v1/rooms/{}/members", full)));
  }

  private Measurement measure(Bench bench, LiveSynapse synapse, SynapseStack stack, Call call)
      throws Exception {
    int count = SynapseScale.of(bench.scale()).lightCalls();
    Callable<HttpConnection> direct = synapse.api()::connect;
    Callable<HttpConnection> through = () -> stack.connect(synapse.api().adminToken());
    requireSame(direct, through, call);
    WarmUp.of(MOST_WARM_UPS, run -> read(direct, call, count).seconds());
    double warmUp = WarmUp.of(MOST_WARM_UPS, run -> read(through, call, count).seconds());
    var rounds =
        PairedRounds.of(
            bench.rounds(),
            round -> read(direct, call, count),
            round -> read(through, call, count));
    return new Measurement(
        new Measurement.Subject(
            name() + "-" + call.name,
            call.work + " through the gateway, " + SynapseScale.CLIENTS + " clients",
            count),
        Calls.figures(rounds.baseline()),
        Calls.figures(rounds.bailiff()),
        Bound.shareAtLeast(0.8).andAddedP50(ADDED_SECONDS),
        Measurement.Notes.NONE.warmedUp(warmUp));
  }

  private static void requireSame(
      Callable<HttpConnection> direct, Callable<HttpConnection> through, Call call)
      throws Exception {
    try (HttpConnection synapse = direct.call();
        HttpConnection gateway = through.call()) {
      var bySynapse = synapse.get(call.path).require(200);
      var byBailiff = gateway.get(call.path).require(200);
      if (!bySynapse.body().equals(byBailiff.body())) {
        throw new IllegalStateException(
            "the gateway answers " + byBailiff.body() + ", Synapse " + bySynapse.body());
      }
    }
  }

  private static Calls read(Callable<HttpConnection> connect, Call call, int count)
      throws Exception {
    return Calls.by(SynapseScale.CLIENTS, count, () -> new Reads(connect.call(), call.path));
  }

  /** Reads one path again and again. */
  private record Reads(HttpConnection connection, String path) implements Calls.Client {
    @Override
    public void call(int n) throws Exception {
      connection.get(path).require(200);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
