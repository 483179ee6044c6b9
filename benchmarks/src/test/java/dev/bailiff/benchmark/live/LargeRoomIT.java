package dev.bailiff.benchmark.live;

import static dev.bailiff.standalone.client.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.data.Servers;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room with copied messages is a room to a real Synapse. */
class LargeRoomIT {
  private static final int COPIES = 1_000;
  private static final String EVENTS = "select count(*) from events where room_id = ?";

  @TempDir static Path folder;

  private static Servers servers;
  private static SynapseOnDemand onDemand;
  private static LiveSynapse synapse;

  @BeforeAll
  static void start() throws Exception {
    servers = new Servers(folder.resolve("servers"), new Scale(4_000));
    servers.start();
    onDemand =
        new SynapseOnDemand(
            servers,
            Path.of(
                System.getProperty("bailiff.synapse.environment", "target/synapse-environment")));
    synapse = onDemand.get();
  }

  @AfterAll
  static void stop() {
    onDemand.close();
    servers.close();
  }

  @Test
  void theCopiesStandBetweenTheMessagesThatWereSent() throws Exception {
    var room = LargeRoom.make(synapse, COPIES);

    var newest = messages(room, "b", 3);
    var oldest = messages(room, "f", 1);

    assertThat(synapse.number(EVENTS, room.room())).isGreaterThan(COPIES);
    assertThat(newest.path("chunk")).hasSize(3);
    assertThat(newest.path("chunk").path(0).path("origin_server_ts").asLong())
        .isGreaterThanOrEqualTo(room.cutOff());
    assertThat(newest.path("chunk").path(1).path("origin_server_ts").asLong())
        .isLessThan(room.cutOff());
    assertThat(oldest.path("chunk").path(0).path("type").asText()).isEqualTo("m.room.create");
  }

  @Test
  void aPurgeOfTheHistoryLeavesTheLastMessageAndTheState() throws Exception {
    var room = LargeRoom.make(synapse, COPIES);

    synapse.byHand().purgeHistory(room);

    assertThat(messageCount(room)).isEqualTo(1);
    assertThat(messages(room, "f", 1).path("chunk").path(0).path("type").asText())
        .isEqualTo("m.room.message");
  }

  @Test
  void aPurgeOfHalfTheHistoryLeavesTheOtherHalf() throws Exception {
    var room = LargeRoom.make(synapse, COPIES);
    long middle =
        synapse.number(
            "select received_ts from events where room_id = ? and type = 'm.room.message'"
                + " order by stream_ordering offset ? limit 1",
            room.room(),
            COPIES / 2);

    synapse.byHand().purgeHistory(new LargeRoom(room.room(), middle));

    assertThat(messageCount(room)).isBetween(COPIES / 4L, COPIES * 3L / 4);
  }

  @Test
  void aDeletedRoomLeavesNothing() throws Exception {
    var room = LargeRoom.make(synapse, COPIES);

    synapse.byHand().deleteRoom(room.room());

    assertThat(synapse.number(EVENTS, room.room())).isZero();
  }

  private static long messageCount(LargeRoom room) throws SQLException {
    return synapse.number(EVENTS + " and type = 'm.room.message'", room.room());
  }

  private static JsonNode messages(LargeRoom room, String direction, int limit) {
    return synapse
        .api()
        .get(
            path("/_synapse/admin/v1/rooms/{}/messages", room.room())
                + "?dir="
                + direction
                + "&limit="
                + limit);
  }
}
