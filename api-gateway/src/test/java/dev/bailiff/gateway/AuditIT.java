package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the audit tells of calls, and how it is listed. */
class AuditIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String AUDIT = "/_bailiff/v1/audit";
  private static final String TOKENS = "/_bailiff/v1/tokens";
  private static final String ALICE = "@ann:chat.example";
  private static final String SUSPEND = "/_synapse/admin/v1/suspend/";

  @BeforeEach
  void nothing() {
    gateway
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("set session_replication_role = replica"); // past the triggers
              handle.execute("delete from access.audit");
              handle.execute("reset session_replication_role");
              handle.execute("delete from access.operator_token where name <> 'root'");
            });
  }

  @Test
  void aChangeIsToldWithWhoTokenAddressAndWhom() {
    assertThat(gateway.admin().put(SUSPEND + ALICE, "{\"suspend\": true}").status()).isEqualTo(200);

    var row = only("");
    assertThat(row.path("who").textValue()).isEqualTo("@admin:chat.example");
    assertThat(row.path("token").textValue()).matches("sha256:[0-9a-f]{16}");
    assertThat(row.path("address").textValue()).isEqualTo("127.0.0.1");
    assertThat(row.path("what").textValue()).isEqualTo("PUT /_synapse/admin/v1/suspend/{user_id}");
    assertThat(row.path("whom").textValue()).isEqualTo(ALICE);
    assertThat(row.path("result").textValue()).isEqualTo("done");
    assertThat(xidsOfChange()).as("in the transaction of the change").isEqualTo(1);
  }

  @Test
  void aChangeThatChangedNothingOrIsRefusedIsTold() {
    gateway.admin().put(SUSPEND + "@nobody:chat.example", "{\"suspend\": true}");
    var viewer = token("\"preset\": \"viewer\"");
    assertThat(client(viewer).put(SUSPEND + ALICE, "{\"suspend\": true}").status()).isEqualTo(403);

    assertThat(results("&whom=@nobody:chat.example")).containsExactly("refused 404 M_NOT_FOUND");
    assertThat(results("&whom=" + ALICE)).containsExactly("refused 403 M_FORBIDDEN");
    assertThat(only("&whom=" + ALICE).path("who").textValue()).isEqualTo("token:one");
  }

  @Test
  void whoIsNotKnownIsNotTold() {
    client("nonsense").put(SUSPEND + ALICE, "{\"suspend\": true}");

    assertThat(rows("")).isEmpty();
  }

  @Test
  void aViewOfPrivateContentIsToldAndOthersAreNot() {
    gateway.admin().get("/_synapse/admin/v2/users/" + ALICE);
    assertThat(gateway.admin().get("/_synapse/admin/v1/whois/" + ALICE).status()).isEqualTo(200);

    var row = only("");
    assertThat(row.path("what").textValue()).isEqualTo("GET /_synapse/admin/v1/whois/{user_id}");
    assertThat(row.path("result").textValue()).isEqualTo("viewed");
  }

  @Test
  void aJobIsToldWithTheCallThatMadeIt() {
    var made =
        gateway
            .admin()
            .post(
                "/_bailiff/v1/jobs",
                "{\"kind\": \"deactivate-users\", \"targets\": [\""
                    + ALICE
                    + "\"], \"reason\": \"=cmd|\\nspam\"}");
    var job = made.json().path("job_id").textValue();

    var rows = rows("&job=" + job);
    assertThat(rows).hasSize(2);
    var call = only("&job=" + job + "&who=@admin:chat.example");
    assertThat(call.path("what").textValue()).isEqualTo("POST /_bailiff/v1/jobs");
    assertThat(call.path("result").textValue()).isEqualTo("done");
    assertThat(call.path("why").textValue()).startsWith("=cmd|");
    assertThat(only("&job=" + job + "&what=job").path("result").textValue()).isEqualTo("scheduled");

    // A spreadsheet takes no cell of it for a formula, and no row for two.
    var csv = gateway.admin().get(AUDIT + "?format=csv&job=" + job);
    assertThat(csv.body().split("\r\n")).hasSize(3);
    assertThat(csv.body()).contains(",'=cmd|").doesNotContain("\nspam");
    assertThat(gateway.admin().get(AUDIT + "?format=ndjson&job=" + job).body().split("\n"))
        .hasSize(2);

    gateway.admin().post("/_bailiff/v1/jobs/" + job + "/cancel", "{}");
    assertThat(results("&job=" + job)).contains("cancelled");
  }

  @Test
  void idsOfAttackersAreTold() {
    var id = "=HYPERLINK(1)\n\u001b[2J:chat.example";
    gateway
        .admin()
        .put(
            SUSPEND + URLEncoder.encode("@" + id, StandardCharsets.UTF_8).replace("+", "%20"),
            "{\"suspend\": true}");

    var csv = gateway.admin().get(AUDIT + "?format=csv").body();
    assertThat(csv.split("\r\n")).hasSize(2);
    assertThat(csv).contains("'@=HYPERLINK").doesNotContain("\u001b").doesNotContain(")\n");
  }

  @Test
  void tokensAreToldByIdAndNeverByText() {
    var token = token("\"scopes\": [\"audit:read\"]");

    assertThat(gateway.admin().get(AUDIT).body()).doesNotContain(token).contains("POST " + TOKENS);
    assertThat(client(token).get(AUDIT).status()).isEqualTo(200);
    assertThat(client(token("\"preset\": \"bot\"")).get(AUDIT).status()).isEqualTo(403);
  }

  @Test
  void pagesFollowEachOther() {
    for (int n = 0; n < 5; n++) {
      gateway.admin().put(SUSPEND + "@nobody" + n + ":chat.example", "{\"suspend\": true}");
    }
    var first = gateway.admin().get(AUDIT + "?limit=3").json();
    var second =
        gateway.admin().get(AUDIT + "?limit=3&from=" + first.path("next").textValue()).json();

    assertThat(first.path("entries").valueStream().map(AuditIT::whom))
        .containsExactly("@nobody4:chat.example", "@nobody3:chat.example", "@nobody2:chat.example");
    assertThat(second.path("entries").valueStream().map(AuditIT::whom))
        .containsExactly("@nobody1:chat.example", "@nobody0:chat.example");
    assertThat(second.path("next").isNull()).isTrue();
    for (var wrong :
        List.of("from=x", "from=2026-11-23T08:00:00Z", "job=7", "after=now", "limit=0")) {
      assertThat(gateway.admin().get(AUDIT + "?" + wrong).outcome())
          .as(wrong)
          .isEqualTo("400 M_INVALID_PARAM");
    }
  }

  private static String whom(JsonNode row) {
    return row.path("whom").textValue();
  }

  private static List<JsonNode> rows(String filter) {
    return gateway
        .admin()
        .get(AUDIT + "?limit=100" + filter)
        .json()
        .path("entries")
        .valueStream()
        .toList();
  }

  private static List<String> results(String filter) {
    return rows(filter).stream().map(row -> row.path("result").textValue()).toList();
  }

  private static JsonNode only(String filter) {
    var rows = rows(filter);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  /** How many accounts were last changed by the transaction of an audit's row. */
  private static int xidsOfChange() {
    return gateway
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from homeserver.account u join access.audit a on a.xid::xid = u.xmin where u.user_id = :user")
                    .bind("user", ALICE)
                    .mapTo(Integer.class)
                    .one());
  }

  private static String token(String terms) {
    return gateway
        .admin()
        .post(TOKENS, "{\"name\": \"one\", " + terms + "}")
        .json()
        .path("token")
        .textValue();
  }

  private static Client client(String token) {
    return new Client(gateway.port(), token);
  }
}
