package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.job.JobView.TargetView;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistyped name: a job never ends as if it had done the wanted work. */
class UnknownNamesIT {
  private static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";
  private static final String NO_ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pB";

  @RegisterExtension final PostgresExtension postgres = Community.database();
  @TempDir Path media;

  static Stream<Arguments> mistyped() {
    var nina = Community.user("nina");
    return Stream.of(
            Arguments.of(
                "redact-events",
                redaction(ROOM),
                List.of(nina),
                List.of("@nima:chat.example", "@nina:chat.exampel")),
            Arguments.of(
                "delete-media", media(), List.of(nina), List.of("@nima:chat.example", "nomedium")),
            Arguments.of("purge-history", history(), List.of(ROOM), List.of(NO_ROOM)),
            Arguments.of("delete-rooms", rooms(), List.of(ROOM), List.of(NO_ROOM)),
            Arguments.of(
                "deactivate-users",
                new DeactivateUsersParameters(true),
                List.of(nina),
                List.of("@nima:chat.example")))
        .flatMap(
            each ->
                Stream.of("own", "remote")
                    .map(
                        server ->
                            Arguments.of(
                                server,
                                each.get()[0],
                                each.get()[1],
                                each.get()[2],
                                each.get()[3])));
  }

  private static Record redaction(String room) {
    return new RedactEventsParameters(List.of(room), null, null, null, null, null);
  }

  private static Record media() {
    return new DeleteMediaParameters(null, null, null, null);
  }

  private static Record history() {
    return new PurgeHistoryParameters(true, null, 1_700_000_000_000L, null);
  }

  private static Record rooms() {
    return new DeleteRoomsParameters(null, null, null, true, true, false, null, null);
  }

  @ParameterizedTest(name = "{1}, {0}")
  @MethodSource("mistyped")
  void eachTargetThatIsNotKnownIsSaid(
      String server, String kind, Record parameters, List<String> known, List<String> unknown) {
    var engine = engine(server);
    var targets = Stream.concat(known.stream(), unknown.stream()).toArray(String[]::new);

    var ended = engine.runToEnd(engine.submit(kind, parameters, targets));

    assertThat(engine.store().parts().targets(ended.id(), -1, 100))
        .hasSize(targets.length)
        .allSatisfy(
            target ->
                assertThat(isSaidToBeUnknown(target)).isEqualTo(!known.contains(target.target())));
  }

  private static boolean isSaidToBeUnknown(TargetView target) {
    var error = target.error();
    return "false".equals(target.facts().get("known"))
        || error != null && error.code().equals("M_NOT_FOUND");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void roomsThatWereNamedAndAreNotKnownAreSaid(String server) {
    var engine = engine(server);

    var ended =
        engine.runToEnd(
            engine.submit(
                "redact-events",
                new RedactEventsParameters(
                    List.of(ROOM, NO_ROOM, "#lobby:chat.example"), null, null, null, null, null),
                Community.user("nina")));

    assertThat(engine.store().parts().targets(ended.id(), -1, 100).get(0).facts())
        .containsEntry("known", "true")
        .containsEntry("unknown_rooms", NO_ROOM + " #lobby:chat.example");
  }

  static Stream<String> servers() {
    return Stream.of("own", "remote");
  }

  private OneThreadEngine engine(String server) {
    var jdbi = Database.jdbi(postgres.dataSource());
    Homeserver homeserver =
        server.equals("own")
            ? new PostgresHomeserver(
                jdbi, StoreTimeouts.defaults(), IdentityServers.none(), new LocalMediaFiles(media))
            : new RemoteHomeserverFake(new RemoteConditions().latency(Duration.ZERO));
    return new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);
  }
}
