package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the window in which cross-signing keys are replaced without the password. */
@Section("4.18")
class CrossSigningIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static Reply allow(String user) {
    return gateway
        .admin()
        .post(
            "/_synapse/admin/v1/users/" + user + "/_allow_cross_signing_replacement_without_uia",
            "not JSON");
  }

  @Test
  void windowIsTenMinutesAndIsStoredOnTheMasterKeyAlone() {
    var user = gateway.newUser("keys");
    gateway.execute(
        "insert into homeserver.cross_signing_key values (?, 'master', '{}'), (?, 'self_signing', '{}')",
        user,
        user);
    long before = System.currentTimeMillis();

    var until = allow(user).json().path("updatable_without_uia_before_ms").longValue();

    assertThat(until - 600_000).isBetween(before - 60_000, before + 60_000);
    assertThat(
            gateway.value(
                "select string_agg(usage || ' ' || replaceable_until_at, ', ') from homeserver.cross_signing_key where user_id = ?",
                user))
        .isEqualTo("master " + until);
  }

  @Test
  void repetitionMovesTheInstant() {
    var user = gateway.newUser("keys");
    gateway.execute("insert into homeserver.cross_signing_key values (?, 'master', '{}', 5)", user);

    allow(user);

    assertThat(
            Long.parseLong(
                gateway.value(
                    "select replaceable_until_at from homeserver.cross_signing_key where user_id = ?",
                    user)))
        .isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@ada:chat.example", "@nobody:chat.example", "@ada:other.example", "nonsense", ""})
  void whoHasNoMasterKeyIsNotFound(String id) {
    assertThat(allow(id).outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void onlyAdminsOpenTheWindow() {
    assertThat(
            gateway.strangers(
                "POST",
                "/_synapse/admin/v1/users/nonsense/_allow_cross_signing_replacement_without_uia"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
