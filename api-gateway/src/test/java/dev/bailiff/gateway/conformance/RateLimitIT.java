package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast a single user may send. */
@Section({"4.28", "4.29", "4.30"})
class RateLimitIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static String path(String user) {
    return "/_synapse/admin/v1/users/" + user + "/override_ratelimit";
  }

  @Test
  @Section("4.28")
  void limitOfTheCommunityIsShown() {
    assertThat(gateway.admin().get(path("@dina:chat.example")).body())
        .isEqualTo("{\"messages_per_second\":5,\"burst_count\":20}");
    assertThat(gateway.admin().get(path("@ada:chat.example")).body()).isEqualTo("{}");
  }

  @Test
  @Section("4.28")
  void whatIsNullInTheStoreReadsAsZero() {
    var user = gateway.newUser("limited");
    gateway.execute(
        "insert into homeserver.ratelimit_override (user_id, burst_count) values (?, 3)", user);

    assertThat(gateway.admin().get(path(user)).body())
        .isEqualTo("{\"messages_per_second\":0,\"burst_count\":3}");
  }

  @Test
  void limitIsSetWholeAndTakenAway() {
    var user = gateway.newUser("limited");

    assertThat(
            gateway
                .admin()
                .post(path(user), "{\"messages_per_second\": 10, \"burst_count\": 11}")
                .body())
        .isEqualTo("{\"messages_per_second\":10,\"burst_count\":11}");
    assertThat(gateway.admin().get(path(user)).body())
        .isEqualTo("{\"messages_per_second\":10,\"burst_count\":11}");
    assertThat(gateway.admin().post(path(user), "{\"burst_count\": 9223372036854775807}").body())
        .isEqualTo("{\"messages_per_second\":0,\"burst_count\":9223372036854775807}");
    assertThat(gateway.admin().post(path(user), "").body())
        .isEqualTo("{\"messages_per_second\":0,\"burst_count\":0}");
    assertThat(gateway.admin().delete(path(user), "not JSON").body()).isEqualTo("{}");
    assertThat(gateway.admin().get(path(user)).body()).isEqualTo("{}");
    assertThat(gateway.admin().delete(path(user), null).body()).isEqualTo("{}");
  }

  @ParameterizedTest
  @Section("4.29")
  @CsvSource(
      delimiter = ';',
      value = {
        "{; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{\"messages_per_second\": \"string\"}; 400 M_INVALID_PARAM",
        "{\"messages_per_second\": -1}; 400 M_INVALID_PARAM",
        "{\"messages_per_second\": 1.0}; 400 M_INVALID_PARAM",
        "{\"messages_per_second\": null}; 400 M_INVALID_PARAM",
        "{\"burst_count\": true}; 400 M_INVALID_PARAM",
        "{\"burst_count\": -1}; 400 M_INVALID_PARAM",
        "{\"burst_count\": 9223372036854775808}; 400 M_INVALID_PARAM",
        "{\"messages_per_second\": 1, \"burst_count\": \"1\"}; 400 M_INVALID_PARAM"
      })
  void badLimitsChangeNothing(String body, String outcome) {
    var user = gateway.newUser("limited");

    assertThat(gateway.admin().post(path(user), body).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(path(user)).body()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, 400 M_UNKNOWN",
    "@ada:other.example, 400 M_UNKNOWN",
    "nonsense:chat.example, 404 M_NOT_FOUND",
    "@nobody:chat.example, 404 M_NOT_FOUND"
  })
  void userIsCheckedBeforeTheBody(String id, String outcome) {
    assertThat(gateway.admin().get(path(id)).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().post(path(id), "{").outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().delete(path(id), null).outcome()).isEqualTo(outcome);
  }

  @Test
  void errorsSayWhatTheOriginalSays() {
    var id = path("@ada:other.example");

    assertThat(gateway.admin().get(id).json().path("error").asText())
        .isEqualTo("Can only look up local users");
    assertThat(gateway.admin().post(id, "{}").json().path("error").asText())
        .isEqualTo("Only local users can be ratelimited");
    assertThat(gateway.admin().delete(id, null).json().path("error").asText())
        .isEqualTo("Only local users can be ratelimited");
  }

  @Test
  void onlyAdminsSeeAndSetLimits() {
    assertThat(gateway.strangers("GET", path("x"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("POST", path("x"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("DELETE", path("x"))).isEqualTo(CommunityGateway.REFUSED);
  }
}
