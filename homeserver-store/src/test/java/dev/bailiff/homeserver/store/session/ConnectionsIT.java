package dev.bailiff.homeserver.store.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.account.Account;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.UserRows;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recorded connections are shown and kept for 28 days. */
class ConnectionsIT {
  private static final String ADA = Community.user("ada");
  private static final String NOBODY = Community.user("not-in-the-store");
  private static final long DAY = 86_400_000L;

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private Connections connections;
  private long now;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    connections = new Connections(jdbi);
    now = number("select (extract(epoch from clock_timestamp()) * 1000)::bigint");
    jdbi.useHandle(
        handle -> {
          handle.execute("delete from homeserver.connection");
          handle.execute("update homeserver.account set last_seen_at = null");
        });
  }

  @Test
  void whatIsShownStaysAndWhatIsNotGoes() {
    seen(ADA, "10.0.0.1", now - 27 * DAY);
    seen(ADA, "10.0.0.2", now - 29 * DAY);
    seen(NOBODY, "10.0.0.3", now - 29 * DAY);
    List<Connection> shown = connections.recent(ADA);

    connections.forgetOld();

    assertThat(shown).hasSize(1);
    assertThat(connections.recent(ADA)).isEqualTo(shown);
    assertThat(number("select count(*) from homeserver.connection")).isEqualTo(1);
  }

  @Test
  void whenAUserWasLastSeenDoesNotChange() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.account set last_seen_at = 5 where user_id = ?", ADA));
    seen(ADA, "10.0.0.1", now - 30 * DAY);
    seen(ADA, "10.0.0.2", now - 40 * DAY);
    Account before = new Accounts(jdbi).find(ADA).orElseThrow();

    connections.forgetOld();

    assertThat(before.lastSeenAt()).isEqualTo(now - 30 * DAY);
    assertThat(new Accounts(jdbi).find(ADA)).contains(before);
    assertThat(number("select count(*) from homeserver.connection")).isZero();
  }

  @Test
  void moreThanAPageGoesToo() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into homeserver.connection select ?, 'D', n::text, 'x', n from generate_series(1, ?) n",
                ADA,
                2 * Connections.PAGE + 1));

    connections.forgetOld();

    assertThat(number("select count(*) from homeserver.connection")).isZero();
    assertThat(number("select last_seen_at from homeserver.account where user_id = '" + ADA + "'"))
        .isEqualTo(2L * Connections.PAGE + 1);
  }

  private void seen(String user, String ip, long at) {
    new UserRows(jdbi).connection(user, "D", ip, at);
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
