package dev.bailiff.homeserver.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.testing.Community;
import dev.bailiff.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTokensIT {
  private static final String ADMIN = Community.user("admin");
  private static final String ADA = Community.user("ada");

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.community();

  private Jdbi jdbi;
  private AccessTokens tokens;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    tokens = new AccessTokens(jdbi);
  }

  @Test
  void tokenIsFoundWithItsDeviceAndFlags() {
    tokens.create(new NewSession(ADMIN, hash(1), "NEWDEVICE", "phone", null, null));

    TokenOwner owner = tokens.find(hash(1)).orElseThrow();

    assertThat(owner.owner()).isEqualTo(ADMIN);
    assertThat(owner.deviceId()).isEqualTo("NEWDEVICE");
    assertThat(owner.admin()).isTrue();
    assertThat(owner.expired()).isFalse();
    assertThat(tokens.find(hash(2))).isEmpty();
  }

  @Test
  void puppetActsAsItsTargetAndHasItsFlags() {
    tokens.create(new NewSession(ADMIN, hash(3), null, null, 1L, ADA));

    TokenOwner owner = tokens.find(hash(3)).orElseThrow();

    assertThat(owner.actingUser()).isEqualTo(ADA);
    assertThat(owner.admin()).isFalse();
    assertThat(owner.expired()).isTrue();
  }

  @Test
  void knownDeviceKeepsItsNameAndOlderTokensStayValid() {
    tokens.create(new NewSession(ADA, hash(4), "D", "first", null, null));
    tokens.create(new NewSession(ADA, hash(5), "D", "second", null, null));

    assertThat(text("select display_name from homeserver.device where device_id = 'D'"))
        .isEqualTo("first");
    assertThat(tokens.find(hash(4))).isPresent();
    assertThat(tokens.find(hash(5))).isPresent();
  }

  @Test
  void useIsRecordedOnceInTheWindow() {
    tokens.create(new NewSession(ADA, hash(6), "D", null, null, null));
    TokenUse use = new TokenUse(ADA, "D", "10.0.0.1", "curl");

    tokens.recordUse(use);
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

  private String text(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  private static byte[] hash(int n) {
    byte[] hash = new byte[32];
    hash[0] = (byte) n;
    return hash;
  }
}
