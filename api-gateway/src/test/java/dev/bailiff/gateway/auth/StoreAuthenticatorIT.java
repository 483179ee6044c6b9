package dev.bailiff.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often the store is asked about a token, and that remembered tokens let nobody in. */
class StoreAuthenticatorIT {
  private static final String ADMIN = Community.user("admin");
  private static final byte[] TOKEN = "a session's".getBytes(StandardCharsets.UTF_8);
  private static final Authenticator.Origin HERE = new Authenticator.Origin("10.0.0.1", "curl");

  @RegisterExtension static final PostgresExtension postgres = Community.database();

  private final List<String> asked = new ArrayList<>();
  private long nanoTime;
  private Jdbi jdbi;
  private OperatorTokens operators;
  private StoreAuthenticator authenticator;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    execute("delete from homeserver.connection");
    execute("delete from homeserver.access_token");
    execute("delete from access.operator_token");
    new AccessTokens(jdbi).addPuppet(ADMIN, Sha256.of(TOKEN), null, ADMIN);
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logAfterExecution(StatementContext context) {
            asked.add(context.getRenderedSql());
          }
        });
    operators = new OperatorTokens(jdbi);
    authenticator =
        new StoreAuthenticator(
            new AccessTokens(jdbi),
            operators,
            new LocalServer(new ServerName(jdbi)::find, "@bailiff:x"),
            () -> nanoTime);
  }

  @Test
  void useThatIsNotedIsNotTakenToTheStoreAgainBeforeItsTime() {
    admit(TOKEN, HERE);
    asked.clear();

    admit(TOKEN, HERE);

    assertThat(asked).as("the token alone").hasSize(1);
    nanoTime += Duration.ofMinutes(2).toNanos();
    execute("update homeserver.connection set last_seen_at = 5");
    admit(TOKEN, HERE);
    assertThat(number("select count(*) from homeserver.connection where last_seen_at > 5"))
        .isEqualTo(1);
  }

  @Test
  void useThatAnotherGatewayNotedIsNotedAgainWhenThatIsOver() {
    admit(TOKEN, HERE);
    execute(
        "update homeserver.connection set last_seen_at = (extract(epoch from now()) * 1000)::bigint - 90000");
    var another =
        new StoreAuthenticator(
            new AccessTokens(jdbi),
            operators,
            new LocalServer(new ServerName(jdbi)::find, "@bailiff:x"),
            () -> nanoTime);
    another.admit(TOKEN, Audience.ADMINS, null, HERE);
    asked.clear();

    nanoTime += Duration.ofSeconds(31).toNanos();
    another.admit(TOKEN, Audience.ADMINS, null, HERE);

    assertThat(asked).as("the token, and its use").hasSize(2);
  }

  @Test
  void useFromElsewhereIsNoted() {
    admit(TOKEN, HERE);

    admit(TOKEN, new Authenticator.Origin("10.0.0.2", "curl"));

    assertThat(number("select count(*) from homeserver.connection")).isEqualTo(2);
  }

  @Test
  void tokenThatWasTakenAwayIsRefusedAtTheNextCall() {
    admit(TOKEN, HERE);
    execute("delete from homeserver.access_token");

    assertThatThrownBy(() -> admit(TOKEN, HERE)).isInstanceOf(ApiException.class);
  }

  @Test
  void operatorIsFoundByOneStatementAndRefusedAtTheCallAfterItsTokenWasTakenAway() {
    byte[] token = operators.issue(NewToken.unbounded("ops")).getBytes(StandardCharsets.UTF_8);
    admit(token, HERE);
    asked.clear();

    assertThat(admit(token, HERE).requester()).isEqualTo("token:ops");

    assertThat(asked).hasSize(1);
    execute("delete from access.operator_token");
    assertThatThrownBy(() -> admit(token, HERE)).isInstanceOf(ApiException.class);
  }

  private Caller admit(byte[] token, Authenticator.Origin origin) {
    return authenticator.admit(token, Audience.ADMINS, null, origin);
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
