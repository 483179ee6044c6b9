package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The addresses from which a user was seen. */
@Section({"4.5", "4.6"})
class WhoisIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ADMIN_API = "/_synapse/admin/v1/whois/";

  private static final List<String> PATHS =
      List.of(
          ADMIN_API,
          "/_matrix/client/r0/admin/whois/",
          "/_matrix/client/v3/admin/whois/",
          "/_matrix/client/unstable/admin/whois/",
          "/_matrix/client/api/v1/admin/whois/");

  private static void seen(String user, String device, String ip, String agent, long secondsAgo) {
    gateway.execute(
        """
        insert into homeserver.connection
        values (?, ?, ?, ?, ((extract(epoch from clock_timestamp()) - ?) * 1000)::bigint)
        """,
        user,
        device,
        ip,
        agent,
        secondsAgo);
  }

  @Test
  void connectionsAreShownUnderOneDeviceAndOneSessionOnEveryPath() {
    var user = gateway.newUser("whois");
    seen(user, "A", "10.0.0.1", "browser", 60);
    seen(user, "B", "10.0.0.2", "phone", 10);

    for (var path : PATHS) {
      var whois = gateway.admin().get(path + user).json();

      assertThat(whois.path("user_id").asText()).isEqualTo(user);
      assertThat(whois.path("devices").fieldNames()).toIterable().containsExactly("");
      var sessions = whois.path("devices").path("").path("sessions");
      assertThat(sessions).hasSize(1);
      var connections = sessions.path(0).path("connections");
      assertThat(connections.findValuesAsText("ip")).containsExactly("10.0.0.2", "10.0.0.1");
      assertThat(connections.findValuesAsText("user_agent")).containsExactly("phone", "browser");
      assertThat(connections.path(0).path("last_seen").isIntegralNumber()).isTrue();
    }
  }

  @Test
  void addressOfASessionIsShownOnceWithItsNewestUserAgent() {
    var user = gateway.newUser("whois");
    seen(user, "A", "127.0.0.1", "old", 600);
    var self = gateway.with(gateway.newToken(user, "A"));

    self.with("User-Agent: new").get(ADMIN_API + user);
    self.with("User-Agent: newest, but of the same two minutes").get(ADMIN_API + user);

    var connections = connections(gateway.admin().get(ADMIN_API + user));
    assertThat(connections.findValuesAsText("user_agent")).containsExactly("new");
    assertThat(gateway.count("select ip from homeserver.connection where user_id = ?", user))
        .isEqualTo(1);
  }

  @Test
  void whatIsOlderThanFourWeeksIsGone() {
    var user = gateway.newUser("whois");
    seen(user, "A", "10.0.0.1", "x", 29 * 86_400);
    seen(user, "A", "10.0.0.2", "x", 27 * 86_400);

    var connections = connections(gateway.admin().get(ADMIN_API + user));

    assertThat(connections.findValuesAsText("ip")).containsExactly("10.0.0.2");
  }

  @Test
  void unknownUserHasNoConnections() {
    assertThat(gateway.admin().get(ADMIN_API + "@nobody:chat.example").body())
        .isEqualTo(
            "{\"user_id\":\"@nobody:chat.example\",\"devices\":{\"\":{\"sessions\":[{\"connections\":[]}]}}}");
  }

  @Test
  void callItselfIsRecordedForTheCaller() {
    var user = gateway.newUser("whois");
    var self = gateway.with(gateway.newToken(user, "DEV")).with("User-Agent: agent-of-mine");

    var connections = connections(self.get(ADMIN_API + user));

    assertThat(connections.findValuesAsText("user_agent")).containsExactly("agent-of-mine");
    assertThat(connections.findValuesAsText("ip")).containsExactly("127.0.0.1");
  }

  @Test
  void userSeesThemselvesAndNobodyElse() {
    var user = gateway.newUser("whois");
    var self = gateway.with(gateway.newToken(user, null));

    for (var path : PATHS) {
      assertThat(self.get(path + user).outcome()).isEqualTo("200");
      assertThat(self.get(path + "@ada:chat.example").outcome()).isEqualTo("403 M_FORBIDDEN");
      assertThat(self.get(path + "@ada:other.example").outcome()).isEqualTo("403 M_FORBIDDEN");
    }
    assertThat(self.get(ADMIN_API + "@ada:chat.example").json().path("error").asText())
        .isEqualTo("You are not a server admin");
  }

  @Test
  void guestSeesNotEvenThemselves() {
    var guest = gateway.newUser("whois");
    gateway.execute("update homeserver.account set is_guest = true where user_id = ?", guest);

    assertThat(gateway.with(gateway.newToken(guest, null)).get(ADMIN_API + guest).outcome())
        .isEqualTo("403 M_GUEST_ACCESS_FORBIDDEN");
  }

  @Test
  void idIsLookedAtBeforeTheToken() {
    for (var path : PATHS) {
      assertThat(gateway.nobody().get(path + "nonsense").outcome())
          .isEqualTo("400 M_INVALID_PARAM");
      assertThat(gateway.nobody().get(path + "@ada:chat.example").outcome())
          .isEqualTo("401 M_MISSING_TOKEN");
      assertThat(gateway.with("x").get(path + "@ada:chat.example").outcome())
          .isEqualTo("401 M_UNKNOWN_TOKEN");
    }
  }

  @Test
  void userOfAnotherServerIsRefused() {
    var reply = gateway.admin().get(ADMIN_API + "@ada:other.example");

    assertThat(reply.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(reply.json().path("error").asText()).isEqualTo("Can only whois a local user");
  }

  @Test
  void otherVersionsOfThePathAreNotServed() {
    assertThat(gateway.admin().get("/_matrix/client/v1/admin/whois/@ada:chat.example").outcome())
        .isEqualTo("404 M_UNRECOGNIZED");
    assertThat(gateway.admin().get("/_synapse/admin/v2/whois/@ada:chat.example").outcome())
        .isEqualTo("404 M_UNRECOGNIZED");
    assertThat(gateway.admin().post(ADMIN_API + "@ada:chat.example", "{}").outcome())
        .isEqualTo("405 M_UNRECOGNIZED");
  }

  private static JsonNode connections(Reply reply) {
    return reply.json().path("devices").path("").path("sessions").path(0).path("connections");
  }
}
