package dev.bailiff.homeserver.synapse.purge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bailiff.homeserver.synapse.SynapseGrants;
import dev.bailiff.homeserver.synapse.database.Finding;
import dev.bailiff.homeserver.synapse.database.SynapseDatabase;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that is not as in the known release refuses a purge, and is named. */
class SchemaCheckIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.empty();

  private static SynapseTables tables;
  private static SynapseDatabase database;

  @BeforeAll
  static void load() {
    tables = SynapseTables.in(postgres);
    database = SynapseDatabase.open(tables.config(1, 1), 1);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void theSchemaOfTheKnownReleaseAndTheGrantedRightsPass() {
    assertEquals(Optional.empty(), refusal());
    assertEquals(11, findings(SynapseTables.VERSION).size());
  }

  @Test
  void theResourceIsTheSchemaOfTheRelease() {
    assertEquals(
        KnownSchemas.of(SynapseTables.VERSION), Optional.of(database.run(SchemaReader::read)));
  }

  @Test
  void anotherVersionIsRefused() {
    assertEquals(Optional.of("1.164.0 is not known"), Finding.refusal(findings("1.164.0")));
    assertEquals(Optional.of("../1.163.2 is not known"), Finding.refusal(findings("../1.163.2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update schema_version set version = 95|update schema_version set version = 94"
            + "|schema_version 95 is not known",
        "insert into applied_schema_deltas values (94, '94/99_new.sql')"
            + "|delete from applied_schema_deltas where file = '94/99_new.sql'"
            + "|schema delta 94/99_new.sql is not known",
        "delete from applied_schema_deltas where file = '82/05gaps.sql'"
            + "|insert into applied_schema_deltas values (82, '82/05gaps.sql')"
            + "|schema delta 82/05gaps.sql is missing",
        "insert into background_updates (update_name, progress_json) values ('reindex', '{}')"
            + "|delete from background_updates|background update reindex is not done",
        "insert into applied_module_schemas (module_name, file) values ('mod', 'f')"
            + "|delete from applied_module_schemas|the schema of module mod is not known",
        "create table mod_events (event_id text)|drop table mod_events"
            + "|table mod_events is not known",
        "create table mod_rooms (room_id text)|drop table mod_rooms"
            + "|table mod_rooms is not known",
        "create table mod_state (state_group bigint)|drop table mod_state"
            + "|table mod_state is not known",
        "alter table threads add column x text|alter table threads drop column x"
            + "|table threads has other columns",
        "alter table event_labels rename to old_labels|alter table old_labels rename to event_labels"
            + "|table old_labels is not known",
        "create table mod_fk (ev text references events (event_id))|drop table mod_fk"
            + "|foreign key mod_fk: FOREIGN KEY (ev) REFERENCES events(event_id) is not known",
        "create trigger odd before delete on events execute function check_partial_state_events()"
            + "|drop trigger odd on events"
            + "|trigger events: odd 10 O check_partial_state_events is not known",
        "alter table current_state_events disable trigger check_event_stream_ordering"
            + "|alter table current_state_events enable trigger check_event_stream_ordering"
            + "|trigger current_state_events: check_event_stream_ordering 23 D"
            + " check_event_stream_ordering is not known",
        "drop index events_room_stream"
            + "|create index events_room_stream on events using btree (room_id, stream_ordering)"
            + "|index CREATE INDEX events_room_stream ON public.events USING btree (room_id,"
            + " stream_ordering) is missing",
        "insert into rooms (room_id) values ('!dag'); insert into events (topological_ordering,"
            + " event_id, type, room_id, processed, outlier, depth, stream_ordering) values (1,"
            + " '$dag', 'x', '!dag', true, false, 1, 1); insert into msc4242_state_dag_edges"
            + " (room_id, event_id) values ('!dag', '$dag')"
            + "|delete from msc4242_state_dag_edges; delete from events; delete from rooms"
            + "|the state DAG of room !dag is not known",
        "grant update on users to bailiff_purge|revoke all on users from bailiff_purge"
            + "|the role has more rights than it needs: users update",
        "grant select (name) on users to bailiff_purge|revoke all (name) on users from bailiff_purge"
            + "|the role has more rights than it needs: users select",
        "grant insert on events to bailiff_purge|revoke insert on events from bailiff_purge"
            + "|the role has more rights than it needs: events insert",
        "grant delete on blocked_rooms to bailiff_purge"
            + "|revoke delete on blocked_rooms from bailiff_purge"
            + "|the role has more rights than it needs: blocked_rooms delete",
        "grant usage on sequence account_data_sequence to bailiff_purge"
            + "|revoke all on sequence account_data_sequence from bailiff_purge"
            + "|the role has more rights than it needs: sequence account_data_sequence",
        "alter role bailiff_purge createdb|alter role bailiff_purge nocreatedb"
            + "|the role has more rights than it needs: it is a superuser, a member of another role,"
            + " or may create roles or databases",
        "grant pg_read_all_data to bailiff_purge|revoke pg_read_all_data from bailiff_purge"
            + "|the role has more rights than it needs: it is a superuser, a member of another role,"
            + " or may create roles or databases",
        "revoke delete on event_edges from bailiff_purge"
            + "|grant delete on event_edges to bailiff_purge"
            + "|the role lacks rights: event_edges delete",
        "revoke select on scheduled_tasks from bailiff_purge"
            + "|grant select on scheduled_tasks to bailiff_purge"
            + "|the role lacks rights: scheduled_tasks select"
      })
  void whatIsNotKnownIsRefused(String change, String undo, String reason) {
    tables.execute(change);
    try {
      assertEquals(Optional.of(reason), refusal());
    } finally {
      tables.execute(undo);
    }
    assertEquals(Optional.empty(), refusal());
  }

  @Test
  void aRoleOfAnEarlierReleaseGoesOnToPurge() {
    tables.execute("revoke select on account_data, profiles from bailiff_purge");

    assertEquals(Optional.empty(), refusal());

    tables.execute(SynapseGrants.of(SynapseTables.ROLE));
  }

  @Test
  void theGrantsMayBeRunAgain() {
    tables.execute(SynapseGrants.of(SynapseTables.ROLE));

    assertEquals(Optional.empty(), refusal());
  }

  private static Optional<String> refusal() {
    return Finding.refusal(findings(SynapseTables.VERSION));
  }

  private static List<Finding> findings(String version) {
    return database.run(handle -> SchemaCheck.check(handle, version));
  }
}
