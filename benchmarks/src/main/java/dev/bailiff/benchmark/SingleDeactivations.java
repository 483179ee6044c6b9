package dev.bailiff.benchmark;

import dev.bailiff.benchmark.Population.Group;
import dev.bailiff.database.Database;
import dev.bailiff.homeserver.AccountClosing;
import dev.bailiff.homeserver.BatchCommit;
import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.RoomParting;
import dev.bailiff.homeserver.Target;
import dev.bailiff.homeserver.identity.IdentityServers;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.StoreTimeouts;
import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.command.DeactivateUsersContract;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * Deactivations by calls of one user each: many at once until the last job is completed, then one
 * at a time on the idle stack until its answer. The baseline runs the same statements of the own
 * store, one transaction a user, by as many threads as the workers have slots for them.
 */
final class SingleDeactivations implements Row {
  private static final int CLIENTS = 8;

  /** Of two workers, one for the kind and one for express each. */
  private static final int SLOTS = 4;

  private static final String LEFT =
      "select count(*) from homeserver.membership where membership = 'leave'";

  /** Nothing is fenced or recorded. */
  private static final BatchCommit NOTHING =
      new BatchCommit() {
        @Override
        public void fence() {}

        @Override
        public void record(BatchOutcome outcome) {}
      };

  @Override
  public String name() {
    return "single";
  }

  /**
   * What one side did in one round.
   *
   * @param idle one at a time; of the baseline the same as {@code calls}
   */
  private record Side(Calls calls, double seconds, Latencies idle, long left) {}

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var rounds =
        Alternation.of(bench.rounds(), round -> baseline(bench), round -> bailiff(bench, round));
    if (!rounds.baseline().stream()
        .map(Side::left)
        .toList()
        .equals(rounds.bailiff().stream().map(Side::left).toList())) {
      throw new IllegalStateException("the two sides did not do the same: " + rounds);
    }
    int users = bench.scale().singles();
    var idle = Latencies.together(rounds.bailiff().stream().map(Side::idle).toList());
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
            figures(rounds.bailiff()),
            Bound.timesAtMost(4),
            Measurement.Notes.NONE),
        new Measurement(
            new Measurement.Subject(
                name() + "-idle", "one-user deactivation on the idle stack, until its answer", 1),
            null,
            Figures.of(rounds.bailiff().stream().map(side -> side.idle.p50()).toList(), idle),
            Bound.done().andP50(0.03),
            Measurement.Notes.NONE));
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
      deactivate(database, store, Population.users(Group.WARM_UP, bench.scale()));
      prepare(connection);
      var calls = deactivate(database, store, Population.users(Group.SINGLE, bench.scale()));
      long left = Queries.number(connection, LEFT);
      // The other side does these as well, so that both leave the same.
      deactivate(database, store, probes(bench.scale()));
      bench.tell("%s: baseline %.2f s", name(), calls.seconds());
      return new Side(calls, calls.seconds(), calls.latencies(), left);
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
                          store.closeAccounts(new AccountClosing(target, true), NOTHING);
                          store.leaveRooms(new RoomParting(target, null, 100), NOTHING);
                        });
              }

              @Override
              public void close() {}
            });
  }

  private Side bailiff(Bench bench, int round) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Population.DATASET);
    var kafka = servers.kafka(name() + "-" + round);
    try (Connection connection = servers.connectToRound();
        LocalGateway gateway = LocalGateway.start(servers.round(), kafka);
        Workers workers = Workers.start(servers.round(), kafka, Crew.pair(servers.mediaFolder()))) {
      workers.awaitJoined(new JobKind(DeactivateUsersContract.KIND));
      var warmUp = deactivate(gateway, CLIENTS, Population.users(Group.WARM_UP, bench.scale()));
      bench.tell("%s: warmed up, p50 %.1f ms", name(), warmUp.latencies().p50() * 1e3);
      OpenJobs.awaitNone(connection);
      prepare(connection);
      long begin = System.nanoTime();
      var calls = deactivate(gateway, CLIENTS, Population.users(Group.SINGLE, bench.scale()));
      OpenJobs.awaitNone(connection);
      double seconds = (System.nanoTime() - begin) / 1e9;
      long left = Queries.number(connection, LEFT);
      var idle = oneByOne(gateway, connection, probes(bench.scale()));
      bench.tell(
          "%s: Bailiff %.2f s; idle p50 %.1f ms, p99 %.1f ms",
          name(), seconds, idle.p50() * 1e3, idle.p99() * 1e3);
      return new Side(calls, seconds, idle, left);
    } finally {
      servers.dropRound();
    }
  }

  private static List<String> probes(Scale scale) {
    return Population.users(Group.PROBE, scale).subList(0, scale.probes());
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

  /** Each when the job before is completed. */
  private static Latencies oneByOne(LocalGateway gateway, Connection connection, List<String> users)
      throws Exception {
    long[] nanos = new long[users.size()];
    try (HttpConnection client = gateway.connect()) {
      for (int n = 0; n < nanos.length; n++) {
        OpenJobs.awaitNone(connection);
        long begin = System.nanoTime();
        deactivate(client, users.get(n));
        nanos[n] = System.nanoTime() - begin;
      }
    }
    OpenJobs.awaitNone(connection);
    return Latencies.ofNanos(nanos);
  }

  /** The call of the admin API, and its answer. */
  static HttpConnection.Reply deactivate(HttpConnection connection, String user) throws Exception {
    return connection
        .post("/_synapse/admin/v1/deactivate/" + user, "{\"erase\":true}")
        .require(200);
  }

  private static void prepare(Connection connection) throws SQLException {
    Queries.run(connection, "analyze");
    Queries.run(connection, "checkpoint");
  }
}
