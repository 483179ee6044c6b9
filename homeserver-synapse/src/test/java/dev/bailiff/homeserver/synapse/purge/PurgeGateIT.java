package dev.bailiff.homeserver.synapse.purge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bailiff.homeserver.synapse.database.SynapseDatabase;
import dev.bailiff.testing.server.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each condition of the gate, alone, holds a purge up. */
class PurgeGateIT {
  private static final String ROOM = "!gate:chat.example";

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.empty();

  private static SynapseTables tables;
  private static SynapseDatabase database;

  @BeforeAll
  static void load() {
    tables = SynapseTables.in(postgres);
    tables.room(ROOM, "$gate", 20, 0);
    database = SynapseDatabase.open(tables.config(1, 1), 1);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void aRoomThatEverythingHasPassedIsOpen() {
    assertEquals(new PurgeGate.Pass.Open(), look());
  }

  @Test
  void aLocalMemberClosesTheGate() {
    tables.execute(
        "update local_current_membership set membership = 'join' where user_id like '@user7:%'");

    assertEquals(new PurgeGate.Pass.Closed("local members are joined"), look());

    tables.execute("update local_current_membership set membership = 'leave'");
    assertEquals(new PurgeGate.Pass.Open(), look());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "insert into partial_state_rooms (room_id, device_lists_stream_id)"
            + " values ('!gate:chat.example', 1)|delete from partial_state_rooms"
            + "|Synapse has only a part of the room's state",
        "insert into scheduled_tasks (id, action, status, timestamp, resource_id)"
            + " values ('t', 'purge_history', 'active', 1, '!gate:chat.example')"
            + "|delete from scheduled_tasks|a task of Synapse works on the room",
        "insert into scheduled_tasks (id, action, status, timestamp, resource_id)"
            + " values ('t', 'purge_history', 'scheduled', 1, '!gate:chat.example')"
            + "|delete from scheduled_tasks|a task of Synapse works on the room",
        "update federation_stream_position set stream_id = stream_id - 1"
            + "|update federation_stream_position set stream_id = stream_id + 1"
            + "|federation_stream_position is behind the room's newest event",
        "insert into federation_stream_position values ('events', 3, 'sender2')"
            + "|delete from federation_stream_position where instance_name = 'sender2'"
            + "|federation_stream_position is behind the room's newest event",
        "update user_directory_stream_pos set stream_id = stream_id - 1"
            + "|update user_directory_stream_pos set stream_id = stream_id + 1"
            + "|user_directory_stream_pos is behind the room's newest event",
        "update stats_incremental_position set stream_id = stream_id - 1"
            + "|update stats_incremental_position set stream_id = stream_id + 1"
            + "|stats_incremental_position is behind the room's newest event",
        "insert into application_services_state (as_id, state) values ('bridge', 'up')"
            + "|delete from application_services_state"
            + "|appservice_stream_position is behind the room's newest event"
      })
  void aConditionHoldsThePurgeUp(String change, String undo, String reason) {
    tables.execute(change);
    try {
      assertEquals(new PurgeGate.Pass.Later(reason), look());
    } finally {
      tables.execute(undo);
    }
    assertEquals(new PurgeGate.Pass.Open(), look());
  }

  @Test
  void anEndedTaskAndATaskOfAnotherRoomDoNotCount() {
    tables.execute(
        """
        insert into scheduled_tasks (id, action, status, timestamp, resource_id)
        values ('a', 'x', 'complete', 1, '!gate:chat.example'), ('b', 'x', 'active', 1, '!other')""");

    assertEquals(new PurgeGate.Pass.Open(), look());

    tables.execute("delete from scheduled_tasks");
  }

  private static PurgeGate.Pass look() {
    return database.run(handle -> PurgeGate.look(handle, ROOM));
  }
}
