package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.secret.TokenText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with scopes and bounds: made, used, listed, revoked. */
class TokensIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String TOKENS = "/_bailiff/v1/tokens";
  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String SUBMIT =
      "{\"kind\": \"%s\", \"targets\": [%s], \"reason\": \"spam\"}";

  @BeforeEach
  void nothing() {
    gateway
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("delete from jobs.job");
              handle.execute("delete from access.operator_token where name <> 'root'");
            });
  }

  @Test
  void aTokenIsToldOnceAndListedWithItsLastUse() {
    var made =
        gateway
            .admin()
            .post(
                TOKENS,
                "{\"name\": \"bot\", \"preset\": \"bot\", \"description\": \"the spam bot\","
                    + " \"most_targets\": 50, \"networks\": [\"127.0.0.0/8\"],"
                    + " \"expires_at\": \"2099-01-01T00:00:00Z\"}");
    assertThat(made.status()).isEqualTo(201);
    var token = made.json().path("token").textValue();
    assertThat(TokenText.isToken(token)).isTrue();

    assertThat(client(token).get(JOBS).status()).isEqualTo(200);

    var listed = gateway.admin().get(TOKENS);
    assertThat(listed.body()).doesNotContain(token);
    var bot = named(listed.json(), "bot");
    assertThat(bot.path("id")).isEqualTo(made.json().path("id"));
    assertThat(bot.path("scopes").toString()).isEqualTo("[\"jobs:read\",\"jobs:submit:*\"]");
    assertThat(bot.path("made_by").textValue()).isEqualTo("@admin:chat.example");
    assertThat(bot.path("last_used_address").textValue()).isEqualTo("127.0.0.1");
    assertThat(bot.path("legacy").booleanValue()).isFalse();
    assertThat(stored(token)).isZero();
  }

  @Test
  void aRevokedTokenIsRefusedAtOnce() {
    var made = gateway.admin().post(TOKENS, "{\"name\": \"bot\", \"preset\": \"bot\"}").json();
    var bot = client(made.path("token").textValue());
    assertThat(bot.get(JOBS).status()).isEqualTo(200);

    var id = made.path("id").textValue();
    assertThat(gateway.admin().delete(TOKENS + "/" + id).body()).isEqualTo("{}");

    assertThat(bot.get(JOBS).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(gateway.admin().delete(TOKENS + "/" + id).outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void theJobsOfARevokedTokenGoOn() {
    var made = gateway.admin().post(TOKENS, "{\"name\": \"bot\", \"preset\": \"bot\"}").json();
    var job =
        client(made.path("token").textValue())
            .post(
                JOBS,
                "{\"kind\": \"redact-events\", \"parameters\": {}, \"targets\": [\"@spam:chat.example\"]}")
            .json()
            .path("job_id")
            .textValue();

    gateway.admin().delete(TOKENS + "/" + made.path("id").textValue());

    var kept = gateway.admin().get(JOBS + "/" + job).json();
    assertThat(kept.path("status").textValue()).isEqualTo("scheduled");
  }

  @Test
  void anExpiredTokenIsRefused() {
    var token = token("\"preset\": \"viewer\", \"expires_at\": \"2099-01-01T00:00:00Z\"");
    assertThat(client(token).get(JOBS).status()).isEqualTo(200);

    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update access.operator_token set expires_at = now() where name = 'one'"));

    assertThat(client(token).get(JOBS).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void jobsOfAMinuteAreLimitedAndTheReplySaysWhenToAskAgain() {
    var bot = client(token("\"preset\": \"bot\", \"jobs_a_minute\": 2"));
    var job = SUBMIT.formatted("deactivate-users", "\"@a:chat.example\"");
    assertThat(bot.get("/_bailiff/v1/whoami").json().path("jobs_a_minute").intValue()).isEqualTo(2);
    assertThat(bot.post(JOBS, job).status()).isEqualTo(202);
    assertThat(bot.post(JOBS, "{\"kind\": \"nothing\"}").status()).as("no job").isEqualTo(400);
    assertThat(
            bot.with("Prefer: respond-async")
                .post("/_synapse/admin/v1/deactivate/@ann:chat.example", "{}")
                .status())
        .as("a call of the admin API")
        .isEqualTo(202);

    var refused = bot.post(JOBS, job);

    assertThat(refused.outcome()).isEqualTo("429 M_LIMIT_EXCEEDED");
    assertThat(Integer.parseInt(refused.headers().get("retry-after"))).isBetween(1, 70);
    assertThat(refused.json().path("retry_after_ms").longValue()).isPositive();
    assertThat(client(token("\"preset\": \"bot\"")).post(JOBS, job).status()).isEqualTo(202);
  }

  @Test
  void targetsOfADayAreLimitedAndARepetitionCountsOnce() {
    var bot = client(token("\"preset\": \"bot\", \"targets_a_day\": 3"));
    var two = SUBMIT.formatted("deactivate-users", "\"@a:chat.example\", \"@b:chat.example\"");
    var one = SUBMIT.formatted("deactivate-users", "\"@a:chat.example\"");
    var keyed = bot.with("Idempotency-Key: once");
    assertThat(keyed.post(JOBS, two).status()).isEqualTo(202);
    assertThat(keyed.post(JOBS, one).status()).isEqualTo(422);
    assertThat(bot.post(JOBS, two).outcome()).isEqualTo("429 M_LIMIT_EXCEEDED");
    var filter =
        "{\"kind\": \"deactivate-users\", \"filter\": {\"user_id\": \"@a*\"}, \"reason\": \"r\"%s}";

    assertThat(bot.post(JOBS, filter.formatted("")).body()).contains("as a dry run");
    assertThat(bot.post(JOBS, filter.formatted(", \"dry_run\": true")).status()).isEqualTo(202);
    assertThat(bot.post(JOBS, one).status()).as("one was left").isEqualTo(202);
    assertThat(bot.post(JOBS, one).body()).contains("3 targets a day, and 0 are left");
  }

  @Test
  void aTokenMakesNoneWithWiderLimits() {
    var maker =
        client(token("\"scopes\": [\"tokens:admin\"], \"jobs_a_minute\": 5, \"targets_a_day\": 9"));
    var body = "{\"name\": \"x\", \"scopes\": [\"tokens:admin\"], \"jobs_a_minute\": %s%s}";

    assertThat(maker.post(TOKENS, body.formatted(5, "")).outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(maker.post(TOKENS, body.formatted(6, ", \"targets_a_day\": 9")).status())
        .isEqualTo(403);
    assertThat(maker.post(TOKENS, body.formatted(5, ", \"targets_a_day\": 9")).status())
        .isEqualTo(201);
    assertThat(gateway.admin().post(TOKENS, body.formatted(0, "")).outcome())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void aTokenOfAnotherNetworkIsRefused() {
    var token = token("\"preset\": \"viewer\", \"networks\": [\"127.0.0.2/32\", \"10.0.0.0/8\"]");

    assertThat(client(token).from("127.0.0.2").get(JOBS).status()).isEqualTo(200);
    assertThat(client(token).get(JOBS).outcome()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void aTokenSubmitsTheKindsOfItsScopesAlone() {
    var client = client(token("\"scopes\": [\"jobs:submit:redact-events\"]"));

    assertThat(client.post(JOBS, SUBMIT.formatted("redact-events", "\"@a:chat.example\"")).status())
        .isEqualTo(202);
    assertThat(
            client
                .post(JOBS, SUBMIT.formatted("deactivate-users", "\"@a:chat.example\""))
                .json()
                .path("error")
                .textValue())
        .isEqualTo("This token lacks the scope jobs:submit:deactivate-users");
    assertThat(client.post("/_synapse/admin/v1/deactivate/@a:chat.example", "{}").outcome())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(
            client
                .post("/_synapse/admin/v1/user/@a:chat.example/redact", "{\"rooms\": []}")
                .status())
        .isNotEqualTo(403);
  }

  /** Deactivation by changing the account is a job, too. */
  @Test
  void aTokenThatWritesUsersDoesNotDeactivateThemByTheWay() {
    var client = client(token("\"scopes\": [\"users:write\"]"));

    assertThat(
            client
                .put("/_synapse/admin/v2/users/@bob:chat.example", "{\"deactivated\": true}")
                .outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void aTokenNamesTheTargetsOfItsPatternsAlone() {
    var client =
        client(
            token(
                "\"scopes\": [\"users:read\", \"jobs:submit:*\"], \"targets\": [\"@spam-*:chat.example\"]"));

    assertThat(client.get("/_synapse/admin/v2/users/@spam-1:chat.example").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(client.get("/_synapse/admin/v2/users/@admin:chat.example").outcome())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(
            client
                .post(JOBS, SUBMIT.formatted("deactivate-users", "\"@spam-1:chat.example\""))
                .status())
        .isEqualTo(202);
    assertThat(
            client
                .post(
                    JOBS,
                    SUBMIT.formatted(
                        "deactivate-users", "\"@spam-2:chat.example\", \"@admin:chat.example\""))
                .outcome())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(
            client
                .post(
                    JOBS,
                    "{\"kind\": \"deactivate-users\", \"filter\": {\"user_id\": \"@spam-*\"}, \"reason\": \"spam\"}")
                .outcome())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(
            client
                .post(
                    "/_bailiff/v1/targets/count",
                    "{\"kind\": \"deactivate-users\", \"filter\": {\"user_id\": \"@admin*\"}}")
                .outcome())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(client.post("/_synapse/admin/v1/media/delete?before_ts=1795368124720", "").outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void aTokenSubmitsJobsOfItsSizeAlone() {
    var client = client(token("\"preset\": \"bot\", \"most_targets\": 1"));

    assertThat(
            client
                .post(
                    JOBS,
                    SUBMIT.formatted(
                        "deactivate-users", "\"@a:chat.example\", \"@b:chat.example\""))
                .json()
                .path("error")
                .textValue())
        .isEqualTo("This token may submit jobs of at most 1 targets");
    assertThat(
            client.post(JOBS, SUBMIT.formatted("deactivate-users", "\"@a:chat.example\"")).status())
        .isEqualTo(202);
  }

  /** The plan may have been made by somebody who may more. */
  @Test
  void aTokenRetriesOnlyWhatItMaySubmit() {
    var job =
        gateway
            .admin()
            .post(
                JOBS,
                SUBMIT.formatted("deactivate-users", "\"@a:chat.example\", \"@b:chat.example\""))
            .json()
            .path("job_id")
            .textValue();
    gateway.admin().post(JOBS + "/" + job + "/cancel", "");

    for (var terms :
        new String[] {
          "\"scopes\": [\"jobs:submit:redact-events\"]",
          "\"preset\": \"bot\", \"most_targets\": 1",
          "\"preset\": \"bot\", \"targets\": [\"@a:*\"]"
        }) {
      assertThat(client(token(terms)).post(JOBS + "/" + job + "/retry", "").outcome())
          .as(terms)
          .isEqualTo("403 M_FORBIDDEN");
    }
    assertThat(client(token("\"preset\": \"bot\"")).post(JOBS + "/" + job + "/retry", "").status())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"scopes\": [\"jobs:force\"]",
        "\"preset\": \"moderator\"",
        "\"scopes\": [\"jobs:read\"]",
        "\"scopes\": [\"jobs:read\"], \"targets\": [\"@*:chat.example\"], \"expires_at\": \"2098-01-01T00:00:00Z\"",
        "\"scopes\": [\"jobs:read\"], \"targets\": [\"@s*:chat.example\"], \"most_targets\": 11, \"expires_at\": \"2098-01-01T00:00:00Z\"",
        "\"scopes\": [\"jobs:read\"], \"targets\": [\"@s*:chat.example\"], \"most_targets\": 10, \"expires_at\": \"2099-01-02T00:00:00Z\""
      })
  void aTokenMakesNoTokenThatMayMore(String more) {
    var client = client(token(bounded()));

    assertThat(client.post(TOKENS, "{\"name\": \"more\", " + more + "}").outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void aTokenMakesAndRevokesOnesThatMayNoMoreAndNoOthers() {
    var client = client(token(bounded()));
    var made =
        client.post(
            TOKENS,
            "{\"name\": \"less\", \"scopes\": [\"jobs:read\"], \"targets\": [\"@s*:chat.example\"],"
                + " \"most_targets\": 10, \"expires_at\": \"2099-01-01T00:00:00Z\"}");
    assertThat(made.status()).isEqualTo(201);
    var root = named(gateway.admin().get(TOKENS).json(), "root").path("id").textValue();

    assertThat(client.delete(TOKENS + "/" + root).outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(client.delete(TOKENS + "/" + made.json().path("id").textValue()).body())
        .isEqualTo("{}");
  }

  @Test
  void aTokenOfBeforeHasAllButForce() {
    var token = token("\"preset\": \"bot\"");
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update access.operator_token set scopes = null where name = 'one'"));

    var scopes = client(token).get("/_bailiff/v1/whoami").json().path("scopes").toString();

    assertThat(scopes).contains("tokens:admin").doesNotContain("jobs:force");
    assertThat(named(gateway.admin().get(TOKENS).json(), "one").path("legacy").booleanValue())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"preset\": \"bot\"}; 400 M_MISSING_PARAM",
        "{\"name\": \"a\"}; 400 M_MISSING_PARAM",
        "{\"name\": \"a b\", \"preset\": \"bot\"}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"preset\": \"king\"}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"preset\": \"bot\", \"scopes\": [\"jobs:read\"]}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"scopes\": []}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"scopes\": [\"jobs:submit\"]}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"scopes\": [\"jobs:submit:nothing\"]}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"scopes\": [1]}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"preset\": \"bot\", \"networks\": [\"example.org\"]}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"preset\": \"bot\", \"most_targets\": 0}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"preset\": \"bot\", \"expires_at\": \"2020-01-01T00:00:00Z\"}; 400 M_INVALID_PARAM",
        "{\"name\": \"a\", \"preset\": \"bot\", \"expires\": \"2099-01-01T00:00:00Z\"}; 400 M_INVALID_PARAM"
      })
  void whatIsNoTokenIsRefused(String body, String outcome) {
    assertThat(gateway.admin().post(TOKENS, body).outcome()).isEqualTo(outcome);
  }

  private static String bounded() {
    return "\"scopes\": [\"tokens:admin\", \"jobs:read\"], \"targets\": [\"@s*:chat.example\"],"
        + " \"most_targets\": 10, \"expires_at\": \"2099-01-01T00:00:00Z\"";
  }

  private static String token(String terms) {
    var made = gateway.admin().post(TOKENS, "{\"name\": \"one\", " + terms + "}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json().path("token").textValue();
  }

  private static Client client(String token) {
    return new Client(gateway.port(), token);
  }

  private static JsonNode named(JsonNode list, String name) {
    return list.path("tokens")
        .valueStream()
        .filter(token -> token.path("name").textValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long stored(String token) {
    return gateway
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from access.operator_token t where t::text like '%' || :token || '%'")
                    .bind("token", token)
                    .mapTo(long.class)
                    .one());
  }
}
