package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Section("5.38")
class RegistrationTokensIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String TOKENS = "/_synapse/admin/v1/registration_tokens";
  private static final long FUTURE = 4_000_000_000_000L;

  @Test
  void tokenIsMadeAsAsked() {
    var token = gateway.newName("made");

    var made =
        make("{\"token\":\"%s\",\"uses_allowed\":3,\"expiry_time\":%d}".formatted(token, FUTURE));

    assertThat(made.toString())
        .isEqualTo(
            "{\"token\":\"%s\",\"uses_allowed\":3,\"pending\":0,\"completed\":0,\"expiry_time\":%d}"
                .formatted(token, FUTURE));
    assertThat(gateway.admin().get(TOKENS + "/" + token).json()).isEqualTo(made);
  }

  @Test
  void tokenIsRandomUnlessItIsNamed() {
    var usual = make("{}");
    var longest = make("{\"length\":64,\"uses_allowed\":null,\"expiry_time\":null}");

    assertThat(usual.path("token").asText()).matches("[A-Za-z0-9._~-]{16}");
    assertThat(usual.path("uses_allowed").isNull()).isTrue();
    assertThat(usual.path("expiry_time").isNull()).isTrue();
    assertThat(longest.path("token").asText()).matches("[A-Za-z0-9._~-]{64}");
    assertThat(make("{\"length\":1}").path("token").asText()).hasSize(1);
  }

  @Test
  void lengthIsNotLookedAtBesideAToken() {
    var token = gateway.newName("named");

    assertThat(make("{\"token\":\"" + token + "\",\"length\":\"x\"}").path("token").asText())
        .isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":5}",
        "{\"token\":null}",
        "{\"token\":\"\"}",
        "{\"token\":\"a b\"}",
        "{\"token\":\"ä\"}",
        "{\"token\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
        "{\"length\":0}",
        "{\"length\":65}",
        "{\"length\":1.0}",
        "{\"length\":true}",
        "{\"length\":null}",
        "{\"uses_allowed\":-1}",
        "{\"uses_allowed\":1.5}",
        "{\"uses_allowed\":\"1\"}",
        "{\"uses_allowed\":99999999999999999999}",
        "{\"expiry_time\":1000}",
        "{\"expiry_time\":\"x\"}",
        "{\"expiry_time\":4000000000000.5}"
      })
  void tokenThatIsWrongIsNotMade(String body) {
    int before = gateway.count("select token from homeserver.registration_token");

    assertThat(gateway.admin().post(TOKENS + "/new", body).outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.count("select token from homeserver.registration_token")).isEqualTo(before);
  }

  @Test
  void tokenIsMadeOnce() {
    var token = make("{\"uses_allowed\":1}").path("token").asText();

    assertThat(
            gateway
                .admin()
                .post(TOKENS + "/new", "{\"token\":\"" + token + "\",\"uses_allowed\":5}")
                .outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.admin().get(TOKENS + "/" + token).json().path("uses_allowed").intValue())
        .isEqualTo(1);
  }

  @Test
  void bodyMustBeAnObject() {
    var token = make("{}").path("token").asText();
    for (var body : List.of("", "{")) {
      assertThat(gateway.admin().post(TOKENS + "/new", body).outcome()).isEqualTo("400 M_NOT_JSON");
      assertThat(gateway.admin().put(TOKENS + "/" + token, body).outcome())
          .isEqualTo("400 M_NOT_JSON");
    }
    assertThat(gateway.admin().post(TOKENS + "/new", "[]").outcome()).isEqualTo("400 M_BAD_JSON");
  }

  @Test
  void listIsWholeOrOfThoseThatCanBeUsed() {
    var open = make("{\"uses_allowed\":2}").path("token").asText();
    var used = make("{\"uses_allowed\":2}").path("token").asText();
    var expired = make("{}").path("token").asText();
    var unlimited = make("{\"expiry_time\":" + FUTURE + "}").path("token").asText();
    gateway.execute(
        "update homeserver.registration_token set pending = 1, completed = 1 where token = ?",
        used);
    gateway.execute(
        "update homeserver.registration_token set expiry_at = 1000 where token = ?", expired);

    assertThat(tokens("")).contains(open, used, expired, unlimited);
    assertThat(tokens("?valid=true")).contains(open, unlimited).doesNotContain(used, expired);
    assertThat(tokens("?valid=false")).contains(used, expired).doesNotContain(open, unlimited);
    assertThat(gateway.admin().get(TOKENS + "?valid=1").outcome()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void changeIsOfWhatIsNamed() {
    var path = TOKENS + "/" + make("{\"uses_allowed\":2}").path("token").asText();

    var expiring = gateway.admin().put(path, "{\"expiry_time\":" + FUTURE + "}").json();
    assertThat(expiring.path("uses_allowed").intValue()).isEqualTo(2);
    assertThat(expiring.path("expiry_time").longValue()).isEqualTo(FUTURE);

    var unlimited = gateway.admin().put(path, "{\"uses_allowed\":null}").json();
    assertThat(unlimited.path("uses_allowed").isNull()).isTrue();
    assertThat(unlimited.path("expiry_time").longValue()).isEqualTo(FUTURE);

    assertThat(gateway.admin().put(path, "{}").json()).isEqualTo(unlimited);
    assertThat(gateway.admin().get(path).json()).isEqualTo(unlimited);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"uses_allowed\":-1}; 400 M_INVALID_PARAM",
        "{\"uses_allowed\":true}; 400 M_INVALID_PARAM",
        "{\"expiry_time\":1000}; 400 M_INVALID_PARAM",
        "{\"expiry_time\":{}}; 400 M_INVALID_PARAM",
        "{}; 404 M_NOT_FOUND"
      })
  void valuesAreCheckedBeforeTheToken(String body, String outcome) {
    assertThat(gateway.admin().put(TOKENS + "/unknown", body).outcome()).isEqualTo(outcome);
  }

  @Test
  void deletedTokenIsUnknown() {
    var path = TOKENS + "/" + make("{}").path("token").asText();

    assertThat(gateway.admin().delete(path, null).body()).isEqualTo("{}");
    assertThat(gateway.admin().delete(path, null).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(path).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(TOKENS + "/").outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void newIsNoToken(String method) {
    assertThat(gateway.admin().send(method, TOKENS + "/new", "{}").outcome())
        .isEqualTo("405 M_UNRECOGNIZED");
  }

  private static JsonNode make(String body) {
    var reply = gateway.admin().post(TOKENS + "/new", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> tokens(String query) {
    return gateway
        .admin()
        .get(TOKENS + query)
        .json()
        .path("registration_tokens")
        .findValuesAsText("token");
  }
}
