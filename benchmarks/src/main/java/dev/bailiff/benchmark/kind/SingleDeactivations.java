package dev.bailiff.benchmark.kind;

import dev.bailiff.benchmark.data.Costs;
import dev.bailiff.benchmark.data.OpenJobs;
import dev.bailiff.benchmark.data.Population;
import dev.bailiff.benchmark.data.Population.Group;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Calls;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Latencies;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.LocalGateway;
import dev.bailiff.benchmark.stack.WorkerFleet;
import dev.bailiff.benchmark.stack.Workers;
import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Deactivations by calls of one user each. First many calls at once, until the last job is
 * completed; then one call at a time on the idle stack, until its answer. The baseline runs the
 * same statements of the own store, one transaction for each user, with as many threads as the
 * workers have slots for the calls.
 */
public final class SingleDeactivations implements Row {
  private static final int CLIENTS = 8;

  /** The number of users in one warm-up run. */
  private static final int USERS_A_RUN = 300;

  /** Two workers have one slot each for the kind, and one slot each for express. */
  private static final int SLOTS = 4;

  private static final String LEFT =
      "select count(*) from homeserver.membership where membership = 'leave'";

  /** A commit that neither fences nor records. */
  private static final BatchCommit NOTHING =
      new BatchCommit() {
        @Override
        public void fence() {}

        @Override
        public BatchOutcome record(BatchOutcome outcome) {
          return outcome;
        }
      };

  @Override
  public String name() {
    return "single";
  }

  /**
   * The result of one side in one round.
   *
   * @param left how many memberships ended
   */
  private record Side(Calls calls, double seconds, long left, double warmUp) {}

  /** Further results of Bailiff's side. */
  private record Bailiff(
      Side side, Map<String, Double> costs, Latencies idle, Map<String, Double> idleCosts) {}

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var rounds =
        PairedRounds.of(bench.rounds(), round -> baseline(bench), round -> bailiff(bench, round));
    if (!rounds.baseline().stream()
        .map(Side::left)
        .toList()
        .equals(rounds.bailiff().stream().map(done -> done.side.left).toList())) {
      throw new IllegalStateException("the two sides did not do the same: " + rounds);
    }
    int users = bench.scale().singles();
    double warmUp = rounds.bailiff().stream().mapToDouble(done -> done.side.warmUp).sum();
    var idle = Latencies.together(rounds.bailiff().stream().map(Bailiff::idle).toList());
    return List.of(
        new Measurement(
            new Measurement.Subject(
                name(),
                String.format(
                    Locale.ROOT,
                    "%,d one-user deactivations by %d clients, 2 workers, until the last is completed",
                    users,
                    CLIENTS),
                users),
            figures(rounds.baseline()),
            figures(rounds.bailiff().stream().map(Bailiff::side).toList()),
            withCosts(Bound.shareAtLeast(0.4)),
            Measurement.Notes.NONE
                .costs(Costs.medians(rounds.bailiff().stream().map(Bailiff::costs).toList()))
                .warmedUp(warmUp)),
        new Measurement(
            new Measurement.Subject(
                name() + "-idle", "one-user deactivation on the idle stack, until its answer", 1),
            null,
            Figures.of(rounds.bailiff().stream().map(done -> done.idle.p50()).toList(), idle),
            Bound.done().andP50(0.025),
            Measurement.Notes.NONE
                .costs(Costs.medians(rounds.bailiff().stream().map(Bailiff::idleCosts).toList()))
                .warmedUp(warmUp)));
  }

  private static Bound withCosts(Bound bound) {
    return bound
        .andCost(Costs.COMMITS, 6)
        .andCost(Costs.JVM_MILLIS, 16)
        .andCost(Costs.POSTGRES_MILLIS, 8);
  }

  private static Figures figures(List<Side> sides) {
    return Figures.of(
        sides.stream().map(Side::seconds).toList(),
        Latencies.together(sides.stream().map(side -> side.calls.latencies()).toList()));
  }

  private Side baseline(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Population.DATASET);
    try (Database database = Database.open(servers.round(), "baseline");
        Connection connection = servers.connectToRound()) {
      var store =
          new PostgresHomeserver(database.jdbi(), StoreTimeouts.defaults(), IdentityServers.none());
      double warmUp = warmUp(bench.scale(), users -> deactivate(database, store, users).seconds());
      prepare(connection);
      long before = Queries.number(connection, LEFT);
      var calls = deactivate(database, store, Population.users(Group.SINGLE, bench.scale()));
      bench.printLine("%s: baseline %.2f s", name(), calls.seconds());
      return new Side(calls, calls.seconds(), Queries.number(connection, LEFT) - before, warmUp);
    } finally {
      servers.dropRound();
    }
  }

  private static Calls deactivate(Database database, Homeserver store, List<String> users)
      throws Exception {
    return Calls.by(
        SLOTS,
        users.size(),
        () ->
            new Calls.Client() {
              @Override
              public void call(int n) {
                var target = List.of(new Target(0, users.get(n)));
                database
                    .jdbi()
                    .useTransaction(
                        handle -> {
                          store
                              .deactivation()
                              .closeAccounts(new AccountClosing(target, true), NOTHING);
                          store
                              .deactivation()
                              .leaveRooms(new RoomParting(target, null, 100), NOTHING);
                        });
              }

              @Override
              public void close() {}
            });
  }

  /** Deactivates some users. */
  @FunctionalInterface
  private interface Run {
    double seconds(List<String> users) throws Exception;
  }

  /** Each run has users of its own, because a user can be deactivated only once. */
  private static double warmUp(Scale scale, Run run) throws Exception {
    var users = Population.users(Group.WARM_UP, scale);
    int some = Math.min(USERS_A_RUN, users.size());
    return WarmUp.of(
        users.size() / some, n -> run.seconds(users.subList(n * some, (n + 1) * some)));
  }

  private Bailiff bailiff(Bench bench, int round) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Population.DATASET);
    var kafka = servers.kafka(name() + "-" + round);
    try (Connection connection = servers.connectToRound();
        LocalGateway gateway = LocalGateway.start(servers.round(), kafka);
        Workers workers =
            Workers.start(servers.round(), kafka, WorkerFleet.pair(servers.mediaFolder()))) {
      workers.awaitJoined(new JobKind(DeactivateUsersContract.KIND));
      double warmUp =
          warmUp(
              bench.scale(),
              users -> {
                double calling = deactivate(gateway, CLIENTS, users).seconds();
                long answered = System.nanoTime();
                OpenJobs.awaitNone(connection);
                return calling + secondsSince(answered);
              });
      prepare(connection);
      long before = Queries.number(connection, LEFT);
      var users = Population.users(Group.SINGLE, bench.scale());
      var costs = Costs.fromNow(servers, connection);
      long begin = System.nanoTime();
      var calls = deactivate(gateway, CLIENTS, users);
      long looks = OpenJobs.awaitNone(connection);
      double seconds = secondsSince(begin);
      var ofEach = costs.ofEach(users.size(), looks);
      var side = new Side(calls, seconds, Queries.number(connection, LEFT) - before, warmUp);
      bench.printLine(
          "%s: Bailiff %.2f s after %.0f s of warm-up, %s", name(), seconds, warmUp, ofEach);
      var probes = Population.users(Group.PROBE, bench.scale()).subList(0, bench.scale().probes());
      costs = Costs.fromNow(servers, connection);
      var idle = oneByOne(gateway, connection, probes);
      var idleCosts = costs.ofEach(probes.size(), idle.looks);
      var latencies = idle.latencies;
      bench.printLine(
          "%s: idle p50 %.1f ms, p99 %.1f ms, %s",
          name(), latencies.p50() * 1e3, latencies.p99() * 1e3, idleCosts);
      return new Bailiff(side, ofEach, latencies, idleCosts);
    } finally {
      servers.dropRound();
    }
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  private static Calls deactivate(LocalGateway gateway, int clients, List<String> users)
      throws Exception {
    return Calls.by(
        clients,
        users.size(),
        () -> {
          var connection = gateway.connect();
          return new Calls.Client() {
            @Override
            public void call(int n) throws Exception {
              deactivate(connection, users.get(n));
            }

            @Override
            public void close() throws IOException {
              connection.close();
            }
          };
        });
  }

  /**
   * Calls one after another.
   *
   * @param looks number of checks whether the previous job is completed
   */
  private record OneByOne(Latencies latencies, long looks) {}

  /** Makes each call when the previous job is completed. */
  private static OneByOne oneByOne(LocalGateway gateway, Connection connection, List<String> users)
      throws Exception {
    long looks = 0;
    long[] nanos = new long[users.size()];
    try (HttpConnection client = gateway.connect()) {
      for (int n = 0; n < nanos.length; n++) {
        looks += OpenJobs.awaitNone(connection);
        long begin = System.nanoTime();
        deactivate(client, users.get(n));
        nanos[n] = System.nanoTime() - begin;
      }
    }
    looks += OpenJobs.awaitNone(connection);
    return new OneByOne(Latencies.ofNanos(nanos), looks);
  }

  /** Calls the admin API and returns its answer. */
  public static HttpConnection.Reply deactivate(HttpConnection connection, String user)
      throws Exception {
    return connection
        .post("/_synapse/admin/v1/deactivate/" + user, "{\"erase\":true}")
        .require(200);
  }

  private static void prepare(Connection connection) throws SQLException {
    Queries.run(connection, "analyze");
    Queries.run(connection, "checkpoint");
  }
}
