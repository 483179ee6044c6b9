package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two checks that come before all others, on every call on rooms, media and the rest. */
@Section({
  "4.36", "5.5", "5.6", "5.7", "5.8", "5.9", "5.10", "5.15", "5.16", "5.17", "5.18", "5.19", "5.20",
  "5.21", "5.22", "5.23", "5.35", "5.36", "5.37", "5.38", "5.39", "5.40", "5.41", "5.42", "5.43",
  "5.44", "5.45", "5.46", "5.47"
})
class RoomCallsNeedAnAdminIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  @ParameterizedTest
  @CsvSource({
    "GET, /rooms?limit=x",
    "GET, /rooms/nonsense",
    "GET, /rooms/nonsense/members",
    "GET, /rooms/nonsense/state",
    "GET, /rooms/nonsense/messages?dir=x",
    "GET, /rooms/nonsense/block",
    "PUT, /rooms/nonsense/block",
    "POST, /rooms/nonsense/make_room_admin",
    "POST, /join/nonsense",
    "GET, /rooms/nonsense/context/x?limit=x",
    "GET, /rooms/nonsense/timestamp_to_event",
    "GET, /rooms/nonsense/hierarchy?limit=x",
    "GET, /rooms/nonsense/forward_extremities",
    "DELETE, /rooms/nonsense/forward_extremities",
    "GET, /fetch_event/x",
    "GET, /media/chat.example/x",
    "POST, /purge_media_cache",
    "POST, /media/quarantine/chat.example/x",
    "POST, /media/unquarantine/chat.example/x",
    "POST, /media/protect/x",
    "POST, /media/unprotect/x",
    "GET, /media/quarantine_changes?from=x",
    "GET, /room/nonsense/media",
    "POST, /room/nonsense/media/quarantine",
    "POST, /quarantine_media/nonsense",
    "POST, /user/nonsense/media/quarantine",
    "GET, /event_reports?from=x",
    "GET, /event_reports/x",
    "DELETE, /event_reports/x",
    "GET, /user_reports?from=x",
    "GET, /user_reports/x",
    "DELETE, /user_reports/x",
    "GET, /registration_tokens?valid=x",
    "POST, /registration_tokens/new",
    "GET, /registration_tokens/x",
    "PUT, /registration_tokens/x",
    "DELETE, /registration_tokens/x",
    "GET, /statistics/users/media?from=x",
    "GET, /statistics/database/rooms",
    "GET, /federation/destinations?from=x",
    "GET, /federation/destinations/x",
    "GET, /federation/destinations/x/rooms",
    "POST, /federation/destinations/x/reset_connection"
  })
  void nobodyElseLearnsAnything(String method, String path) {
    var user = gateway.with(gateway.newToken("@ada:chat.example", null));

    var refused = user.send(method, "/_synapse/admin/v1" + path, "{");

    assertThat(gateway.nobody().send(method, "/_synapse/admin/v1" + path, "{").outcome())
        .isEqualTo("401 M_MISSING_TOKEN");
    assertThat(refused.outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(refused.json().path("error").asText()).isEqualTo("You are not a server admin");
  }
}
