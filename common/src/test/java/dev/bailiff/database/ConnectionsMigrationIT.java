package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Of the connections that are there already, one for each device and address stays (migration 10).
 */
class ConnectionsMigrationIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.empty();

  @Test
  void newestUserAgentOfEachDeviceAndAddressStays() {
    Database.flyway(postgres.dataSource()).target("9").load().migrate();
    Jdbi jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into homeserver.connection values
                  ('@a:x', 'D', '10.0.0.1', 'old', 1), ('@a:x', 'D', '10.0.0.1', 'new', 3), ('@a:x', 'D', '10.0.0.1', 'z', 2),
                  ('@a:x', 'D', '10.0.0.2', 'other', 1),
                  ('@a:x', null, '10.0.0.1', 'a', 1), ('@a:x', null, '10.0.0.1', 'b', 1),
                  ('@b:x', 'D', '10.0.0.1', 'b', 1)
                """));

    Database.migrate(postgres.dataSource());

    List<String> left =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select user_id || ' ' || coalesce(device_id, '-') || ' ' || ip || ' ' || user_agent"
                            + " from homeserver.connection order by 1")
                    .mapTo(String.class)
                    .list());
    assertThat(left)
        .containsExactly(
            "@a:x - 10.0.0.1 a",
            "@a:x D 10.0.0.1 new",
            "@a:x D 10.0.0.2 other",
            "@b:x D 10.0.0.1 b");
  }
}
