package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Section("5.16")
class RemoteMediaPurgeIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String PURGE = "/_synapse/admin/v1/purge_media_cache";

  @Test
  void copiesNobodyAskedForGoUnlessTheyAreInQuarantine() {
    gateway.admin().post(PURGE + "?before_ts=40000000000", null);
    var server = gateway.newName("purged") + ".example";
    copy(server, "old", 30_000_000_000L, null);
    copy(server, "quarantined", 30_000_000_000L, "@admin:chat.example");
    copy(server, "recent", 50_000_000_000L, null);

    var reply = gateway.admin().post(PURGE + "?before_ts=40000000000", "{}");

    assertThat(reply.json().path("deleted").longValue()).isEqualTo(1);
    assertThat(found(server, "old")).isEqualTo(404);
    assertThat(found(server, "quarantined")).isEqualTo(200);
    assertThat(found(server, "recent")).isEqualTo(200);
    assertThat(gateway.admin().post(PURGE + "?before_ts=40000000000", null).body())
        .isEqualTo("{\"deleted\":0}");
  }

  @Test
  void timeMustBeGiven() {
    var reply = gateway.admin().post(PURGE, null);

    assertThat(reply.outcome()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(reply.json().path("error").asText())
        .isEqualTo("Missing required integer query parameter before_ts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "x", "29999999999"})
  void timeMustBeInMilliseconds(String time) {
    assertThat(gateway.admin().post(PURGE + "?before_ts=" + time, null).outcome())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void timeInSecondsIsToldSo() {
    assertThat(
            gateway
                .admin()
                .post(PURGE + "?before_ts=1700000000", null)
                .json()
                .path("error")
                .asText())
        .contains("1970", "milliseconds");
  }

  private static void copy(String server, String id, long lastAccess, String quarantinedBy) {
    gateway.execute(
        """
        insert into homeserver.remote_media (origin, media_id, created_at, last_access_at, quarantined_by)
        values (?, ?, 1000, ?, ?)
        """,
        server,
        id,
        lastAccess,
        quarantinedBy);
  }

  private static int found(String server, String id) {
    return gateway.admin().get("/_synapse/admin/v1/media/" + server + "/" + id).status();
  }
}
