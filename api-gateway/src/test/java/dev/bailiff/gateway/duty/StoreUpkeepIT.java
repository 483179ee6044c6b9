package dev.bailiff.gateway.duty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.room.RoomSummaries;
import dev.bailiff.testing.server.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Data of the store does not grow without end, even if nobody asks for lists. */
class StoreUpkeepIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  @Test
  void whatIsTooOldOrNotedGoesAndTheRestStays() {
    Jdbi jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into homeserver.access_token (token_sha256, user_id, valid_until_at)
              select sha256(n::text::bytea), '@a:x',
                     (extract(epoch from now() - n * interval '1 day') * 1000)::bigint
                from unnest(array[27, 29]) as n
              """);
          handle.execute(
              "insert into homeserver.access_token (token_sha256, user_id) values (sha256('x'), '@a:x')");
          handle.execute(
              "insert into homeserver.connection (user_id, ip, user_agent, last_seen_at) values ('@a:x', '1.2.3.4', '', 1)");
          handle.execute("insert into homeserver.room_change (room_id) values ('!gone:x')");
          handle.execute(
              """
              insert into homeserver.account_count
              select false, false, false, false, null, 1 from generate_series(1, 5000)
              """);
        });

    new StoreUpkeep(jdbi, new RoomSummaries(jdbi)).runOnce();

    assertThat(count(jdbi, "homeserver.access_token")).isEqualTo(2);
    assertThat(count(jdbi, "homeserver.connection")).isZero();
    assertThat(count(jdbi, "homeserver.room_change")).isZero();
    assertThat(count(jdbi, "homeserver.account_count")).isEqualTo(1);
  }

  private static long count(Jdbi jdbi, String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }
}
