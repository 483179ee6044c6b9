package dev.bailiff.homeserver.store.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.access.TokenOwner;
import dev.bailiff.access.TokenUse;
import dev.bailiff.database.Database;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTokensIT {
  private static final String ADMIN = Community.user("admin");
  private static final String ADA = Community.user("ada");

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private AccessTokens tokens;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    tokens = new AccessTokens(jdbi);
  }

  @Test
  void tokenIsFoundWithItsDeviceAndFlags() {
    open(new NewSession(ADMIN, hash(1), "NEWDEVICE", "phone", null, null));

    TokenOwner owner = tokens.find(hash(1)).orElseThrow();

    assertThat(owner.owner()).isEqualTo(ADMIN);
    assertThat(owner.deviceId()).isEqualTo("NEWDEVICE");
    assertThat(owner.admin()).isTrue();
    assertThat(owner.expired()).isFalse();
    assertThat(tokens.find(hash(2))).isEmpty();
  }

  @Test
  void puppetActsAsItsTargetAndHasItsFlags() {
    open(new NewSession(ADMIN, hash(3), null, null, 1L, ADA));

    TokenOwner owner = tokens.find(hash(3)).orElseThrow();

    assertThat(owner.actingUser()).isEqualTo(ADA);
    assertThat(owner.admin()).isFalse();
    assertThat(owner.expired()).isTrue();
  }

  @Test
  void knownDeviceKeepsItsNameAndOlderTokensStayValid() {
    open(new NewSession(ADA, hash(4), "D", "first", null, null));
    open(new NewSession(ADA, hash(5), "D", "second", null, null));

    assertThat(text("select display_name from homeserver.device where device_id = 'D'"))
        .isEqualTo("first");
    assertThat(tokens.find(hash(4))).isPresent();
    assertThat(tokens.find(hash(5))).isPresent();
  }

  @Test
  void useIsRecordedOnceInTheWindow() {
    open(new NewSession(ADA, hash(6), "D", null, null, null));
    TokenUse use = new TokenUse(ADA, "D", "10.0.0.1", "curl");

    assertThat(tokens.recordUse(use)).isEqualTo(Duration.ofMinutes(2));
    String first = text("select xmin from homeserver.connection where ip = '10.0.0.1'");
    tokens.recordUse(use);

    assertThat(text("select xmin from homeserver.connection where ip = '10.0.0.1'"))
        .isEqualTo(first);
    assertThat(text("select last_seen_ip from homeserver.device where device_id = 'D'"))
        .isEqualTo("10.0.0.1");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.connection set last_seen_at = 5 where ip = '10.0.0.1'"));
    tokens.recordUse(use);
    assertThat(
            text(
                "select (last_seen_at > 5)::text from homeserver.connection where ip = '10.0.0.1'"))
        .isEqualTo("true");
  }

  @Test
  void howLongAUseStaysFreshComesFromWhenItWasNoted() {
    TokenUse use = new TokenUse(ADA, null, "10.0.0.7", "curl");
    tokens.recordUse(use);
    String age = "update homeserver.connection set last_seen_at = last_seen_at + ? where ip = ?";

    execute(age, -90_000, "10.0.0.7");
    assertThat(tokens.recordUse(use)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    execute(age, 3_600_000, "10.0.0.7");
    assertThat(tokens.recordUse(use))
        .as("noted by a clock that was ahead")
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void newUserAgentTakesThePlaceOfTheOldOne() {
    open(new NewSession(ADA, hash(13), "AGENTS", null, null, null));
    String agents = "select string_agg(user_agent, ',') from homeserver.connection where ip = '%s'";
    tokens.recordUse(new TokenUse(ADA, "AGENTS", "10.0.0.9", "first"));
    tokens.recordUse(new TokenUse(ADA, "AGENTS", "10.0.0.9", "of the same two minutes"));
    assertThat(text(agents.formatted("10.0.0.9"))).isEqualTo("first");

    execute("update homeserver.connection set last_seen_at = 5 where ip = ?", "10.0.0.9");
    tokens.recordUse(new TokenUse(ADA, "AGENTS", "10.0.0.9", "later"));

    assertThat(text(agents.formatted("10.0.0.9"))).isEqualTo("later");
    assertThat(
            text("select last_seen_user_agent from homeserver.device where device_id = 'AGENTS'"))
        .isEqualTo("later");
  }

  @Test
  void addressThatIsNoneIsStoredAsOne() {
    open(new NewSession(ADA, hash(12), "HEADER", null, null, null));

    tokens.recordUse(new TokenUse(ADA, "HEADER", "made-up ".repeat(1_000), "curl"));
    tokens.recordUse(new TokenUse(ADA, "HEADER", "_other", "curl"));

    assertThat(
            text(
                "select string_agg(ip, ',') from homeserver.connection where device_id = 'HEADER'"))
        .isEqualTo("unknown");
  }

  @Test
  void accountThatWasDeactivatedMeanwhileGetsNoSession() {
    String hash = passwordHash(ADA);
    execute("update homeserver.account set deactivated = true where user_id = ?", ADA);

    boolean opened = tokens.open(session(7), hash);

    assertThat(opened).isFalse();
    assertThat(tokens.find(hash(7))).isEmpty();
    assertThat(text("select count(*) from homeserver.device where device_id = 'LATE'"))
        .isEqualTo("0");
  }

  @Test
  void passwordThatWasChangedMeanwhileOpensNoSession() {
    String hash = passwordHash(ADA);
    execute("update homeserver.account set password_hash = 'other' where user_id = ?", ADA);

    assertThat(tokens.open(session(8), hash)).isFalse();
    assertThat(tokens.open(session(8), "other")).isTrue();
  }

  @Test
  void loginThatMeetsADeactivationWaitsForItAndIsRefused() {
    String hash = passwordHash(ADA);
    CompletableFuture<Boolean> login =
        jdbi.inTransaction(
            deactivation -> {
              deactivation.execute(
                  "update homeserver.account set deactivated = true where user_id = ?", ADA);
              CompletableFuture<Boolean> begun =
                  CompletableFuture.supplyAsync(() -> tokens.open(session(9), hash));
              await()
                  .pollInSameThread() // the blocking transaction belongs to this thread
                  .until(
                      () ->
                          begun.isDone()
                              || text("select count(*) from pg_locks where not granted"
                                      + " and pg_backend_pid() = any (pg_blocking_pids(pid))")
                                  .equals("1"));
              return begun;
            });

    assertThat(login.join()).isFalse();
    assertThat(tokens.find(hash(9))).isEmpty();
  }

  @Test
  void deactivatedIsSaidOfTheOwnerAlone() {
    open(new NewSession(ADMIN, hash(10), null, null, null, ADA));
    open(new NewSession(ADA, hash(11), "D", null, null, null));

    execute("update homeserver.account set deactivated = true where user_id = ?", ADA);

    assertThat(tokens.find(hash(10)).orElseThrow().deactivated()).isFalse();
    assertThat(tokens.find(hash(11)).orElseThrow().deactivated()).isTrue();
  }

  private void open(NewSession session) {
    assertThat(tokens.open(session, passwordHash(session.userId()))).isTrue();
  }

  private static NewSession session(int n) {
    return new NewSession(ADA, hash(n), "LATE", null, null, null);
  }

  private String passwordHash(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select password_hash from homeserver.account where user_id = ?")
                .bind(0, user)
                .mapTo(String.class)
                .one());
  }

  private void execute(String sql, Object... arguments) {
    jdbi.useHandle(handle -> handle.execute(sql, arguments));
  }

  private String text(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  private static byte[] hash(int n) {
    byte[] hash = new byte[32];
    hash[0] = (byte) n;
    return hash;
  }
}
