package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.Scopes;
import dev.bailiff.access.TokenTerms;
import dev.bailiff.guard.Rail;
import io.dropwizard.testing.ConfigOverride;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What calls leave alone: single ones of the admin API, and submissions. */
class GuardRailsIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("guard.protected", "?vip*"),
          ConfigOverride.config("guard.serverNotices", "@notices:chat.example"));

  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String ADMIN = "/_synapse/admin";
  private static final Rail[] OVERRIDABLE = {
    Rail.APPLICATION_SERVICE, Rail.SERVER_NOTICES, Rail.PROTECTED
  };

  private Client admin;

  @BeforeEach
  void accounts() {
    admin = gateway.admin();
    gateway
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("delete from jobs.job");
              handle.execute(
                  "delete from homeserver.account where user_id ~ '^@(vip|bridge|notices|boss)'");
              handle.execute("update homeserver.account set admin = user_id ~ '^@(admin|bob)'");
              handle.execute("truncate homeserver.blocked_room");
            });
    Seed.user(gateway.jdbi(), "vip", "displayname = 'VIP'");
    Seed.user(gateway.jdbi(), "notices", "displayname = 'Notices'");
    Seed.user(gateway.jdbi(), "bridge", "appservice_id = 'irc'");
    Seed.user(gateway.jdbi(), "boss", "admin = true");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POST | /v1/deactivate/@admin:chat.example | {} | OWN_ACCOUNT",
        "POST | /v1/deactivate/@vip:chat.example | {} | PROTECTED",
        "POST | /v1/deactivate/@notices:chat.example | {} | SERVER_NOTICES",
        "POST | /v1/deactivate/@bridge:chat.example | {'erase': true} | APPLICATION_SERVICE",
        "PUT | /v2/users/@admin:chat.example | {'deactivated': true} | OWN_ACCOUNT",
        "PUT | /v2/users/@admin:chat.example | {'locked': true} | OWN_ACCOUNT",
        "PUT | /v2/users/@bridge:chat.example | {'deactivated': true} | APPLICATION_SERVICE",
        "PUT | /v2/users/@vip:chat.example | {'locked': true, 'displayname': 'x'} | PROTECTED",
        "PUT | /v1/suspend/@admin:chat.example | {'suspend': true} | OWN_ACCOUNT",
        "PUT | /v1/suspend/@vip:chat.example | {'suspend': true} | PROTECTED",
        "POST | /v1/users/@notices:chat.example/shadow_ban | {} | SERVER_NOTICES",
        "POST | /v1/user/@vip:chat.example/redact | {'rooms': []} | PROTECTED",
        "DELETE | /v1/users/@vip:chat.example/media | {} | PROTECTED",
        "DELETE | /v1/rooms/!vip:chat.example | {'block': true} | PROTECTED",
        "DELETE | /v2/rooms/!vip:chat.example | {'block': true} | PROTECTED",
        "POST | /v1/rooms/!vip:chat.example/delete | {} | PROTECTED",
        "POST | /v1/purge_room | {'room_id': '!vip:chat.example'} | PROTECTED",
        "POST | /v1/shutdown_room/!vip:chat.example | {'new_room_user_id': '@ann:chat.example'} | PROTECTED",
        "PUT | /v1/rooms/!vip:chat.example/block | {'block': true} | PROTECTED",
      })
  void aSingleCallIsRefusedAndChangesNothing(String verb, String path, String body, Rail rail) {
    var before = contents();

    var reply = admin.send(verb, ADMIN + path, body.replace('\'', '"'));

    assertThat(reply.outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(reply.json().path("error").textValue())
        .contains(" is left alone: " + rail.reason() + ". ");
    assertThat(contents()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "PUT | /v2/users/@vip:chat.example | {'displayname': 'y'}",
        "PUT | /v2/users/@vip:chat.example | {'locked': false}",
        "PUT | /v1/suspend/@admin:chat.example | {'suspend': false}",
        "DELETE | /v1/users/@vip:chat.example/shadow_ban | {}",
        "PUT | /v1/rooms/!vip:chat.example/block | {'block': false}",
        "PUT | /v1/users/@boss:chat.example/admin | {'admin': false}",
      })
  void whatTakesNothingAwayGoesOn(String verb, String path, String body) {
    assertThat(admin.send(verb, ADMIN + path, body.replace('\'', '"')).status()).isEqualTo(200);
  }

  /** An operator token has no account, so no call is refused for its own. */
  @Test
  void theLastServerAdminStays() {
    var root = new Client(gateway.port(), Seed.OPERATOR_TOKEN);
    assertThat(
            root.put(ADMIN + "/v1/users/@boss:chat.example/admin", "{\"admin\": false}").status())
        .isEqualTo(200);
    var before = contents();

    for (var reply :
        new Reply[] {
          root.post(ADMIN + "/v1/deactivate/@admin:chat.example", "{}"),
          root.put(ADMIN + "/v1/users/@admin:chat.example/admin", "{\"admin\": false}"),
          root.put(ADMIN + "/v2/users/@admin:chat.example", "{\"admin\": false}"),
          root.put(ADMIN + "/v2/users/@admin:chat.example", "{\"locked\": true}"),
          root.put(ADMIN + "/v2/users/@admin:chat.example", "{\"deactivated\": true}"),
          root.post(JOBS, job("@admin:chat.example", ", \"force\": true"))
        }) {
      assertThat(reply.status()).as(reply.body()).isEqualTo(403);
      assertThat(reply.body()).contains(Rail.LAST_ADMIN.text("@admin:chat.example"));
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aJobSaysWhatItLeavesAlone() {
    var reply =
        admin.post(
            JOBS, job("@ann:chat.example\", \"@bridge:chat.example\", \"@vip:chat.example", ""));

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("left_out_count").intValue()).isEqualTo(2);
    assertThat(reply.json().path("left_out").toString())
        .contains("{\"target\":\"@bridge:chat.example\",\"reason\":\"it is the account of an")
        .contains("\"@vip:chat.example\"");
    assertThat(admin.post(JOBS, job("@ann:chat.example", "")).json().has("left_out")).isFalse();
  }

  @Test
  void aJobOfWhichNothingIsLeftIsRefused() {
    var reply = admin.post(JOBS, job("@admin:chat.example\", \"@vip:chat.example", ""));

    assertThat(reply.outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(reply.body()).contains("All 2 targets are left alone. @vip:chat.example is");
    assertThat(admin.post(JOBS, job("@vip:chat.example", ", \"dry_run\": true")).status())
        .as("a plan says why")
        .isEqualTo(202);
  }

  @Test
  void aJobOfManySaysWhatIsKnownWithoutTheHomeserver() {
    var many =
        IntStream.range(0, 200)
            .mapToObj(n -> "@u" + n + ":x")
            .collect(Collectors.joining("\", \""));
    var reply = admin.post(JOBS, job(many + "\", \"@vip:x\", \"@bridge:chat.example", ""));

    assertThat(reply.json().path("left_out").toString())
        .as("the worker finds the other")
        .contains("@vip:x")
        .doesNotContain("@bridge");
  }

  @Test
  void anUploadSaysItToo() {
    var lines =
        IntStream.range(0, 10_050)
            .mapToObj(n -> "\"@vip" + n + ":x\"")
            .collect(Collectors.joining("\n"));
    var head = "{\"kind\": \"deactivate-users\", \"reason\": \"r\"}\n";
    var ndjson = admin.with("Content-Type: application/x-ndjson");

    assertThat(ndjson.post(JOBS, head + lines).body())
        .contains("M_FORBIDDEN")
        .contains("All 10050 targets are left alone");
    var reply = ndjson.post(JOBS, head + lines + "\n\"@ann:chat.example\"");
    assertThat(reply.json().path("left_out_count").intValue()).isEqualTo(10_050);
    assertThat(reply.json().path("left_out")).hasSize(20);
  }

  @Test
  void forceNeedsItsScopeAndNamedTargets() {
    var bot = client(Set.of("jobs:submit:*", "jobs:read"));
    var strong = client(Set.of("jobs:submit:*", "jobs:read", "jobs:force"));
    var forced =
        job(
            "@bridge:chat.example\", \"@notices:chat.example\", \"@vip:chat.example",
            ", \"force\": true");

    assertThat(bot.post(JOBS, forced).body()).contains("lacks the scope jobs:force");
    var reply = strong.post(JOBS, forced);
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().has("left_out")).isFalse();
    assertThat(waived(reply.json().path("job_id").textValue())).isEqualTo(3);
    assertThat(
            strong
                .post(
                    JOBS,
                    "{\"kind\": \"deactivate-users\", \"filter\": {\"user_id\": \"@vip*\"},"
                        + " \"reason\": \"r\", \"force\": true}")
                .body())
        .contains("'force' is for named targets");
    var many =
        IntStream.range(0, 101)
            .mapToObj(n -> "@u" + n + ":x")
            .collect(Collectors.joining("\", \""));
    assertThat(strong.post(JOBS, job(many, ", \"force\": true")).body())
        .contains("A job with 'force' has at most 100 targets");
    assertThat(OVERRIDABLE).allMatch(Rail::isOverridable);
  }

  /** Whoever runs a plan takes over what was forced in it. */
  @Test
  void theRunOfAForcedPlanNeedsTheScopeToo() {
    var bot = client(Set.of("jobs:submit:*", "jobs:read"));
    var plan =
        admin
            .post(JOBS, job("@vip:chat.example", ", \"force\": true, \"dry_run\": true"))
            .json()
            .path("job_id")
            .textValue();
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update jobs.job set status = 'completed', started_at = now(), finalized_at = now() where job_id = ?::uuid",
                    plan));

    assertThat(bot.post(JOBS + "/" + plan + "/run", "{}").body())
        .contains("lacks the scope jobs:force");
    assertThat(admin.post(JOBS + "/" + plan + "/run", "{}").status()).isEqualTo(202);
  }

  private static String job(String targets, String more) {
    return "{\"kind\": \"deactivate-users\", \"targets\": [\"%s\"], \"reason\": \"r\"%s}"
        .formatted(targets, more);
  }

  private static Client client(Set<String> scopes) {
    var token =
        new OperatorTokens(gateway.jdbi())
            .issue(new NewToken("one", "", TokenTerms.of(new Scopes(scopes)), null));
    return new Client(gateway.port(), token);
  }

  private static int waived(String job) {
    return gateway
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from jobs.target_item where job_id = :job and list = 'guard' and item = 'forced'")
                    .bind("job", java.util.UUID.fromString(job))
                    .mapTo(Integer.class)
                    .one());
  }

  /** Accounts, blocks and jobs. */
  private static String contents() {
    return gateway
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select (select string_agg(a::text, ',' order by user_id) from homeserver.account a)
                               || (select count(*) from homeserver.blocked_room)
                               || (select count(*) from jobs.job)
                        """)
                    .mapTo(String.class)
                    .one());
  }
}
