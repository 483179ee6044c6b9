package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 1.1 to 1.8 and 1.10 of the admin API. */
class CommonRulesIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String USERS = "/_synapse/admin/v2/users";
  private static final String BLOCK = "/_synapse/admin/v1/rooms/!r:chat.example/block";

  @ParameterizedTest
  @CsvSource({
    "GET,    /_synapse/admin/v1/users/@a:chat.example, 404",
    "GET,    /_synapse/admin/v2/users/@a:chat.example/nothing, 404",
    "GET,    /_synapse/admin/v2/users/@a:chat.example/, 404",
    "GET,    /_synapse/admin/v2//users, 404",
    "GET,    /_synapse/admin/v2/%75sers, 404",
    "GET,    /_synapse/admin, 404",
    "GET,    /, 404",
    "GET,    /nothing, 404",
    "GET,    /_bailiff/v1/jobs/, 401",
    "PATCH,  /_synapse/admin/v2/users/@a:chat.example, 405",
    "POST,   /_synapse/admin/v2/users, 405",
    "GET,    /_synapse/admin/v1/deactivate/@a:chat.example, 405",
    "GET,    /_synapse/admin/v2/rooms/delete_status, 405",
    "GET,    /_matrix/client/v1/login, 404"
  })
  void unknownPathsAndMethodsNeedNoToken(String method, String path, int status) {
    var reply = gateway.nobody().send(method, path, null);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("errcode").asText())
        .isEqualTo(status == 401 ? "M_MISSING_TOKEN" : "M_UNRECOGNIZED");
    assertHeaders(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_synapse/admin/v2/users",
        "/nothing",
        "/_bailiff/v1/jobs/x/../y",
        "/health/live"
      })
  void optionsIsAnsweredOnAnyPath(String path) {
    var reply = gateway.nobody().send("OPTIONS", path, null);

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.headers())
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsEntry(
            "Access-Control-Allow-Methods",
            path.startsWith("/_bailiff/")
                ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
                : "GET, HEAD, POST, PUT, DELETE, OPTIONS")
        .doesNotContainKey("Cache-Control");
  }

  @Test
  void pagesOfOtherOriginsMayChangeAndDeleteJobs() {
    var methods =
        gateway
            .nobody()
            .with("Origin: https://console.example")
            .with("Access-Control-Request-Method: PATCH")
            .send("OPTIONS", "/_bailiff/v1/jobs/00000000-0000-0000-0000-000000000000", null)
            .headers()
            .get("Access-Control-Allow-Methods");

    assertThat(methods.split(", ")).contains("PATCH", "DELETE", "POST");
    assertThat(gateway.admin().get(USERS).headers().get("Access-Control-Allow-Methods"))
        .isEqualTo("GET, HEAD, POST, PUT, DELETE, OPTIONS");
    assertThat(gateway.admin().get("/_bailiff/v1/jobs").headers())
        .containsEntry("Access-Control-Allow-Methods", methods);
  }

  @Test
  void headIsGetWithoutTheBody() {
    var reply = gateway.admin().send("HEAD", USERS, null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization: Basic admin-token,        401 M_MISSING_TOKEN",
    "Authorization: bearer admin-token,       401 M_MISSING_TOKEN",
    "Authorization: Bearer  admin-token,      401 M_MISSING_TOKEN",
    "Authorization: Bearer admin-token x,     401 M_MISSING_TOKEN",
    "Authorization: Bearer,                   401 M_MISSING_TOKEN",
    "Authorization: Bearer unknown,           401 M_UNKNOWN_TOKEN",
    "Authorization: Bearer expired-token,     401 M_UNKNOWN_TOKEN",
    "Authorization: Bearer deactivated-token, 401 M_UNKNOWN_TOKEN",
    "Authorization: Bearer locked-token,      401 M_USER_LOCKED",
    "Authorization: Bearer guest-token,       403 M_GUEST_ACCESS_FORBIDDEN",
    "Authorization: Bearer ann-token,         403 M_FORBIDDEN",
    "Authorization: Bearer operator-token,    200",
    "Authorization: Bearer admin-token,       200",
    "X-Nothing: 1,                            401 M_MISSING_TOKEN"
  })
  void tokenInTheHeaderIsJudged(String header, String outcome) {
    assertThat(gateway.nobody().with(header).get(USERS).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "access_token=admin-token,               200",
    "access_token=,                          401 M_UNKNOWN_TOKEN",
    "access_token=%C3%A4,                    401 M_UNKNOWN_TOKEN",
    "access_token=%FF,                       401 M_UNKNOWN_TOKEN",
    "access_token,                           401 M_MISSING_TOKEN",
    "access_token=admin-token&access_token=x, 200"
  })
  void tokenInTheQueryIsJudged(String query, String outcome) {
    assertThat(gateway.nobody().get(USERS + "?" + query).outcome()).isEqualTo(outcome);
  }

  @Test
  void twoTokensAreNone() {
    assertThat(gateway.admin().get(USERS + "?access_token=admin-token").outcome())
        .isEqualTo("401 M_MISSING_TOKEN");
    assertThat(gateway.admin().with("Authorization: Bearer admin-token").get(USERS).outcome())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  @ParameterizedTest
  @CsvSource({"unknown, false", "expired-token, true", "locked-token, true"})
  void softLogoutTellsWhetherToLogInAgain(String token, boolean soft) {
    var reply = new Client(gateway.port(), token).get(USERS);

    assertThat(reply.json().path("soft_logout").isBoolean()).isTrue();
    assertThat(reply.json().path("soft_logout").booleanValue()).isEqualTo(soft);
  }

  @Test
  void adminCheckComesBeforePathQueryAndBody() {
    var ann = new Client(gateway.port(), "ann-token");

    assertThat(ann.get(USERS + "/nonsense").outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(ann.get(USERS + "?from=x").outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(ann.put(BLOCK, "{").outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(ann.get(USERS).json().path("error").asText())
        .isEqualTo("You are not a server admin");
  }

  @ParameterizedTest
  @CsvSource({
    "@ann:chat.example,              200",
    "%40ann%3Achat.example,          200",
    "@a%2Fb%25c:chat.example,        200",
    "@a%2fb%25c%3achat.example,      200",
    "@a%252Fb:chat.example,          404 M_NOT_FOUND",
    "@a+b:chat.example,              404 M_NOT_FOUND",
    "@ann:chat.example;x=1,          400 M_UNKNOWN",
    "@ann:chat.example%3Bx,          400 M_UNKNOWN",
    "@ANN:chat.example,              404 M_NOT_FOUND",
    "@%FF:chat.example,              404 M_NOT_FOUND",
    "@%zz:chat.example,              400 M_UNKNOWN",
    "@%00:chat.example,              400 M_UNKNOWN",
    "'',                             400 M_INVALID_PARAM",
    "..,                             400 M_INVALID_PARAM",
    "%2e%2e,                         400 M_INVALID_PARAM",
    "ann,                            400 M_INVALID_PARAM",
    "@ann,                           400 M_INVALID_PARAM",
    "@ann:other.example,             400 M_UNKNOWN",
    "@ann:chat.example:1,            400 M_UNKNOWN",
    "@{}|^:chat.example,             404 M_NOT_FOUND"
  })
  void userIdInThePathIsDecodedOnce(String id, String outcome) {
    assertThat(gateway.admin().get(USERS + "/" + id).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%zz",
        "/%",
        "/%0",
        "/%00",
        "/_synapse/admin/v2/users/%zz?access_token=admin-token",
        "/_synapse/admin/v2/users/@a%00:chat.example",
        "/health/%zz",
        "no-path"
      })
  void pathThatCannotBeReadIsRefusedInTheWordsOfTheApi(String path) {
    for (String method : List.of("GET", "PUT", "OPTIONS")) {
      var reply = gateway.nobody().send(method, path, null);

      assertThat(reply.outcome()).isEqualTo("400 M_UNKNOWN");
      assertThat(reply.json().path("error").asText()).doesNotContain("%", "Jetty");
      assertHeaders(reply);
    }
  }

  @Test
  void emptyRoomIdIsARoomOfThatName() {
    assertThat(gateway.admin().get("/_synapse/admin/v1/rooms/").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get("/_synapse/admin/v1/rooms//members").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"block\": NaN}",
        "{\"block\": Infinity}",
        "{} x",
        "{}{}",
        "\uFEFF{}",
        "{'a': 1}",
        "nul",
        "[1",
        "{\"a\": 01}"
      })
  void whatIsNoJsonIsRefused(String body) {
    assertThat(gateway.admin().put(BLOCK, body).outcome()).isEqualTo("400 M_NOT_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"a\"", "null", "true", "[{\"block\": true}]"})
  void whatIsNoObjectIsRefused(String body) {
    assertThat(gateway.admin().put(BLOCK, body).outcome()).isEqualTo("400 M_BAD_JSON");
  }

  @Test
  void nullIsAnEmptyBodyWhereThatIsAllowed() {
    var user = "@ann:chat.example";
    var admin = "/_synapse/admin/v1/";

    assertThat(
            gateway.admin().post(admin + "users/" + user + "/override_ratelimit", "null").status())
        .isEqualTo(200);
    assertThat(gateway.admin().post(admin + "users/" + user + "/login", "null").status())
        .isEqualTo(200);
    assertThat(gateway.admin().post(admin + "rooms/!none:x/make_room_admin", "null").outcome())
        .isEqualTo(gateway.admin().post(admin + "rooms/!none:x/make_room_admin", "{}").outcome());
  }

  @Test
  void bytesThatAreNotUtf8AreNoJson() {
    byte[] latin = "{\"block\": true, \"a\": \"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = "{\"block\": true}".getBytes(StandardCharsets.UTF_16BE);

    assertThat(gateway.admin().sendBytes("PUT", BLOCK, latin).outcome())
        .isEqualTo("400 M_NOT_JSON");
    assertThat(gateway.admin().sendBytes("PUT", BLOCK, wide).outcome()).isEqualTo("400 M_NOT_JSON");
  }

  @Test
  void nestingTooDeepIsNoJson() {
    var body = "{\"block\": " + "[".repeat(20_000) + "]".repeat(20_000) + "}";

    assertThat(gateway.admin().put(BLOCK, body).outcome()).isEqualTo("400 M_NOT_JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"block\": true, \"block\": false}; 200",
        "{\"block\": false, \"more\": [1e400, -0, 123456789012345678901234567890]}; 200",
        "{\"block\": false, \"a\": \"\\u0000 \\ud800\"}; 200",
        "{}; 400 M_MISSING_PARAM",
        "{\"block\": 0}; 400 M_BAD_JSON",
        "{\"block\": null}; 400 M_BAD_JSON",
        "{\"block\": \"true\"}; 400 M_BAD_JSON"
      })
  void keysOfABodyAreJudged(String body, String outcome) {
    var reply = gateway.admin().put(BLOCK, body);

    assertThat(reply.outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(BLOCK).json().path("block").booleanValue()).isFalse();
  }

  @Test
  void contentTypeAndAcceptAreNotLookedAt() {
    var client =
        gateway
            .admin()
            .with("Content-Type: application/x-www-form-urlencoded;;")
            .with("Accept: image/png, nonsense");

    var reply = client.put(BLOCK, "{\"block\": false}");

    assertThat(reply.outcome()).isEqualTo("200");
    assertHeaders(reply);
  }

  @Test
  void bodyOfAGetIsIgnored() {
    assertThat(gateway.admin().send("GET", USERS, "{ nonsense").outcome()).isEqualTo("200");
  }

  @Test
  void bodyOverTheLimitIsRefused() {
    var body = "{\"block\": true, \"a\": \"" + "x".repeat(64 * 1024) + "\"}";

    assertThat(gateway.admin().put(BLOCK, body).outcome()).isEqualTo("413 M_TOO_LARGE");
  }

  @ParameterizedTest
  @CsvSource({
    "from=x,                 400 M_INVALID_PARAM",
    "from=,                  400 M_INVALID_PARAM",
    "from=-1,                400 M_INVALID_PARAM",
    "limit=1.0,              400 M_INVALID_PARAM",
    "limit=9223372036854775808, 400 M_INVALID_PARAM",
    "limit=9223372036854775807&from=9223372036854775807, 200",
    "limit=+5,               200",
    "limit=%2B5,             200",
    "limit=5&limit=x,        200",
    "limit=5;from=x,         400 M_INVALID_PARAM",
    "limit,                  200",
    "limit=x&limit=5,        400 M_INVALID_PARAM",
    "guests=True,            400 M_INVALID_PARAM",
    "guests=,                400 M_INVALID_PARAM",
    "guests=1,               400 M_INVALID_PARAM",
    "order_by=nothing,       400 M_INVALID_PARAM",
    "order_by=NAME,          400 M_INVALID_PARAM",
    "order_by=,              400 M_INVALID_PARAM",
    "order_by=%C3%A4,        400 M_UNKNOWN",
    "dir=F,                  400 M_INVALID_PARAM",
    "user_id=%C3%A4,         400 M_UNKNOWN",
    "not_user_type=%C3%A4,   400 M_UNKNOWN",
    "name=%C3%A4,            200",
    "name=%FF,               400 M_UNKNOWN",
    "unknown=%FF,            200"
  })
  void queryParametersAreJudged(String query, String outcome) {
    assertThat(gateway.admin().get(USERS + "?" + query).outcome()).isEqualTo(outcome);
  }

  @Test
  void wordsOfQueryErrorsAreThoseOfTheOriginal() {
    assertThat(gateway.admin().get(USERS + "?from=-1").json().path("error").asText())
        .isEqualTo("Query parameter from must be a positive integer.");
    assertThat(gateway.admin().get(USERS + "?guests=x").json().path("error").asText())
        .isEqualTo("Boolean query parameter 'guests' must be one of ['true', 'false']");
  }

  @Test
  void whatIsNoHttpGetsTheSameErrorBody() {
    var reply = gateway.nobody().exchange("NONSENSE\r\n\r\n", new byte[0]);

    assertThat(reply.outcome()).isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void headThatIsTooLargeGetsTheSameErrorBody() {
    var reply = gateway.admin().with("X-Long: " + "x".repeat(20_000)).get(USERS);

    assertThat(reply.outcome()).isEqualTo("431 M_TOO_LARGE");
  }

  private static void assertHeaders(Reply reply) {
    assertThat(reply.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Cache-Control", "no-cache, no-store, must-revalidate")
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsEntry(
            "Access-Control-Allow-Headers",
            "X-Requested-With, Content-Type, Authorization, Date, Prefer, Idempotency-Key")
        .containsEntry(
            "Access-Control-Expose-Headers",
            "Synapse-Trace-Id, Server, Location, Bailiff-Job, Retry-After");
  }
}
