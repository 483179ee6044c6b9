package dev.bailiff.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.Scopes;
import dev.bailiff.access.TokenTerms;
import dev.bailiff.gateway.RunningGateway;
import dev.bailiff.gateway.abuse.Route;
import dev.bailiff.gateway.abuse.RouteList;
import dev.bailiff.gateway.route.RouteTable;
import dev.bailiff.gateway.route.RoutingFilter;
import dev.bailiff.testing.synapse.SynapseFixture;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every light call of the table of routes on a real Synapse, direct and through the gateway: the
 * same status, headers but {@code Date}, and body, byte for byte. A call that changes something is
 * made once before, so that both answers are those to a repetition.
 */
@Tag("synapse")
class PassedCallsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Milliseconds since an event was sent, and the times of addresses that a call sets anew. */
  private static final Pattern AGE =
      Pattern.compile("(\"(?:age|validated_at|added_at)\": ?)[0-9]+");

  private static final Set<String> UNLIKE = Set.of("Date");

  /** Synapse announces the body that does not come, and the gateway does not. */
  private static final Set<String> UNLIKE_OF_HEAD = Set.of("Date", "Transfer-Encoding");

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** Each answer has another token in it, or the token of the call is none afterwards. */
  private static final List<String> NEVER_THE_SAME =
      List.of("/users/{user_id}/login", "/v3/logout", "/r0/logout", "/logout/all");

  private static final SynapseFixture FIXTURE = SynapseFixture.withAppservice();
  private static final RunningGateway GATEWAY =
      RunningGateway.onSynapse(
          FIXTURE.synapse().url(),
          FIXTURE.synapse().adminToken(),
          ConfigOverride.config("guard.protected", "?vip*"));

  private static Map<String, String> existing;
  private static String admin;
  private static String user;
  private static String ben;

  private record Call(String method, String target, @Nullable String token, String body) {}

  @BeforeAll
  static void start() throws Exception {
    GATEWAY.start(PassedCallsIT.class);
    admin = Files.readString(FIXTURE.synapse().adminToken()).strip();
    var ann = FIXTURE.newUser("ann");
    ben = FIXTURE.newUser("ben");
    user = login(ben);
    var room = FIXTURE.newRoom(ann, ben);
    var event = FIXTURE.send(room, ann, "hello");
    var medium = FIXTURE.upload(ann, 100);
    FIXTURE.setAvatar(ann, medium);
    existing =
        Map.of(
            "user_id", ann,
            "room_id", room,
            "room_id_or_alias", room,
            "event_id", event,
            "media_id", medium,
            "alias", FIXTURE.newAlias(room, "lobby"),
            "server_name", "synapse.example");
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
    FIXTURE.close();
  }

  /** In the words of Synapse where the scopes allow the call, else refused here. */
  @Test
  void aTokenOfBailiffsOwnCallsAsTheServiceAccountWithinItsScopes() {
    var account = "/_synapse/admin/v2/users/" + existing.get("user_id");
    var room = "/_synapse/admin/v1/rooms/" + existing.get("room_id");
    var reader = own(Set.of("users:read", "rooms:read"), List.of());
    var writer = own(Set.of("users:write"), List.of());
    var closer = own(Set.of("users:write", "jobs:submit:deactivate-users"), List.of());
    var bound = own(Set.of("users:read"), List.of("@be*:*"));

    assertThat(get(account, reader)).startsWith("200\n").contains(existing.get("user_id"));
    assertThat(get(room, reader)).startsWith("200\n");
    assertThat(get("/_synapse/admin/v1/server_version", reader)).startsWith("200\n");
    assertThat(get("/_matrix/client/versions", reader)).startsWith("200\n");
    assertThat(get("/_matrix/client/v3/login", reader)).startsWith("200\n");
    assertThat(get(room + "/messages", reader)).contains("lacks the scope content:read");
    for (var other :
        List.of(
            "/_synapse/admin/v1/background_updates/status",
            "/_matrix/client/v3/account/whoami",
            "/_matrix/client/v3/sync")) {
      assertThat(get(other, reader)).startsWith("403\n").contains("may make this call");
    }
    assertThat(askGateway(new Call("PUT", account, reader, "{}")))
        .contains("lacks the scope users:write");
    assertThat(askGateway(new Call("PUT", account, writer, "{\"deactivated\": true}")))
        .contains("lacks the scope jobs:submit:deactivate-users");
    assertThat(askGateway(new Call("PUT", account, closer, "{\"displayname\": \"Ann\"}")))
        .startsWith("200\n");
    assertThat(get(account, bound)).startsWith("403\n").contains("may not name");
    assertThat(get("/_synapse/admin/v2/users/" + ben, bound)).startsWith("200\n");
  }

  @Test
  void aTokenOfBailiffsOwnThatIsRevokedOrInTheQueryReachesNoSynapse() {
    var tokens = new OperatorTokens(GATEWAY.jdbi());
    var token = tokens.issue(NewToken.unbounded("gone"));
    var rooms = "/_synapse/admin/v1/rooms";
    assertThat(askGateway(new Call("GET", rooms + "?access_token=" + token, null, "")))
        .startsWith("401\n")
        .contains("goes into the header");
    assertThat(get(rooms, token)).startsWith("200\n");

    tokens.revoke("gone");

    assertThat(get(rooms, token)).startsWith("401\n").contains("M_UNKNOWN_TOKEN");
  }

  /** Synapse's own tokens as well as Bailiff's. */
  @Test
  void whatGuardRailsSpareReachesNoSynapse() {
    var vip = FIXTURE.newUser("vip-1");
    var account = "/_synapse/admin/v2/users/" + vip;
    var writer =
        own(Set.of("users:write", "rooms:write", "jobs:submit:deactivate-users"), List.of());
    for (var token : List.of(admin, writer)) {
      for (var call :
          List.of(
              new Call("PUT", account, token, "{\"deactivated\": true}"),
              new Call("PUT", account, token, "{\"locked\": true}"),
              new Call("PUT", account.replace("@", "%40"), token, "{\"locked\": true}"),
              new Call("PUT", "/_synapse/admin/v1/suspend/" + vip, token, "{\"suspend\": true}"),
              new Call("POST", "/_synapse/admin/v1/users/" + vip + "/shadow_ban", token, ""),
              new Call(
                  "PUT", "/_synapse/admin/v1/rooms/!vip:x/block", token, "{\"block\": true}"))) {
        assertThat(askGateway(call))
            .as(call.method() + " " + call.target())
            .startsWith("403\n")
            .contains("is left alone: it matches a pattern of guard.protected");
      }
      assertThat(askGateway(new Call("PUT", account, token, "{\"displayname\": \"V\"}")))
          .startsWith("200\n");
      assertThat(
              askGateway(
                  new Call(
                      "PUT",
                      account,
                      token,
                      "{\"" + "x".repeat(50_001) + "\": 1, \"deactivated\": true}")))
          .as("nobody can tell what it would do")
          .startsWith("400\n");
    }
    assertThat(askGateway(new Call("PUT", account, "nonsense", "{\"deactivated\": true}")))
        .startsWith("401\n");
    assertThat(get(account, admin)).contains("\"deactivated\":false").contains("\"locked\":false");
  }

  @Test
  void theServiceAccountAndTheLastAdminOfPeopleStay() {
    var boss = FIXTURE.newUser("boss");
    var flag = "/_synapse/admin/v1/users/" + boss + "/admin";
    var writer = own(Set.of("users:write", "jobs:submit:deactivate-users"), List.of());
    assertThat(askGateway(new Call("PUT", flag, writer, "{\"admin\": true}"))).startsWith("200\n");
    var own = JSON_ID.matcher(get("/_matrix/client/v3/account/whoami", admin));
    assertThat(own.find()).isTrue();
    var service = "/_synapse/admin/v2/users/" + own.group(1);

    assertThat(askGateway(new Call("PUT", service, writer, "{\"locked\": true}")))
        .startsWith("403\n")
        .contains("that Bailiff acts as");
    assertThat(askGateway(new Call("PUT", flag, writer, "{\"admin\": 0}")))
        .startsWith("403\n")
        .contains("is left alone: it is the last server admin");
    assertThat(askGateway(new Call("POST", "/_synapse/admin/v1/deactivate/" + boss, writer, "{}")))
        .startsWith("403\n")
        .contains("it is the last server admin");
  }

  private static final Pattern JSON_ID = Pattern.compile("\"user_id\": ?\"([^\"]+)\"");

  /** Changes, refusals and views, before and after; no others, and none of Synapse's users. */
  @Test
  void passedCallsAreToldBeforeAndAfter() {
    var account = "/_synapse/admin/v2/users/" + ben;
    var from =
        GATEWAY.jdbi().withHandle(handle -> handle.createQuery(NEWEST).mapTo(Long.class).one());
    var reader = own(Set.of("users:read"), List.of());
    var writer = own(Set.of("users:write", "jobs:submit:deactivate-users"), List.of());

    askGateway(new Call("PUT", account, admin, "{\"displayname\": \"Ben\"}"));
    askGateway(new Call("PUT", account, writer, "{\"displayname\": \"Ben\"}"));
    askGateway(new Call("PUT", account, reader, "{\"displayname\": \"Ben\"}"));
    get("/_synapse/admin/v1/rooms/" + existing.get("room_id") + "/messages?dir=b", admin);
    get(account, admin);
    askGateway(new Call("PUT", account, user, "{\"displayname\": \"Root\"}"));
    askGateway(new Call("PUT", account, "nonsense", "{\"displayname\": \"Root\"}"));
    askGateway(
        new Call(
            "PUT",
            "/_matrix/client/v3/profile/" + ben + "/displayname",
            user,
            "{\"displayname\": \"Ben\"}"));

    var who = FIXTURE.admin();
    var put = "PUT /_synapse/admin/v2/users/{user_id} " + ben;
    var messages = "GET /_synapse/admin/v1/rooms/{room_id}/messages " + existing.get("room_id");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(told(from))
                    .containsExactly(
                        who + " " + put + " asked",
                        who + " " + put + " answered 200",
                        "token:own " + put + " asked",
                        "token:own " + put + " answered 200",
                        "token:own " + put + " refused 403 M_FORBIDDEN",
                        who + " " + messages + " asked",
                        who + " " + messages + " answered 200"));
  }

  private static final String NEWEST = "select coalesce(max(audit_id), 0) from access.audit";

  private static List<String> told(long from) {
    return GATEWAY
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select concat_ws(' ', who, what, whom, result) from access.audit where audit_id > :from order by audit_id")
                    .bind("from", from)
                    .mapTo(String.class)
                    .list());
  }

  private static String get(String target, String token) {
    return askGateway(new Call("GET", target, token, ""));
  }

  private static String askGateway(Call call) {
    return ask(call, GATEWAY.port());
  }

  private static String own(Set<String> scopes, List<String> targets) {
    var terms = new TokenTerms(new Scopes(scopes), targets, null, List.of(), null);
    return new OperatorTokens(GATEWAY.jdbi()).issue(new NewToken("own", "", terms, null));
  }

  static Stream<Route> routes() {
    return RouteList.all().stream()
        .filter(route -> PassThroughConfig.DEFAULT.covers(route.template()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("routes")
  void answerIsSynapsesOwn(Route route) throws IOException {
    int compared = 0;
    for (var call : calls(route)) {
      if (isPassed(call)) {
        compare(call);
        compared++;
      }
    }
    assertThat(compared).as("calls that were passed").isPositive();
  }

  private static List<Call> calls(Route route) {
    var here = target(route, existing);
    var nowhere = target(route, Map.of());
    var calls = new ArrayList<Call>();
    for (String target : List.of(here, nowhere)) {
      calls.add(new Call(route.method(), target, null, route.body()));
      calls.add(new Call(route.method(), target, "nonsense", route.body()));
      calls.add(new Call("OPTIONS", target, null, ""));
      calls.add(new Call("PATCH", target, admin, "{}"));
      if (NEVER_THE_SAME.stream().noneMatch(route.template()::endsWith)) {
        calls.add(new Call(route.method(), target, user, route.body()));
        calls.add(new Call(route.method(), target, admin, route.body()));
        calls.add(new Call(route.method(), target, admin, "{"));
        calls.add(new Call(route.method(), target.replaceFirst("\\?.*", ""), admin, route.body()));
        calls.add(
            new Call(
                route.method(),
                target.replaceAll("=[^&]*", "=%c3%a4"),
                admin,
                route.body().replaceAll("(true|false|[0-9]+)", "{}")));
      }
      if (route.method().equals("GET")) {
        calls.add(new Call("HEAD", target, admin, ""));
        calls.add(new Call("HEAD", target, null, ""));
      }
    }
    return calls;
  }

  private static String target(Route route, Map<String, String> ids) {
    var path =
        route.path(
            route.placeholders().stream()
                .map(name -> encoded(ids.getOrDefault(name, "nothing")))
                .toList());
    return route.query().isEmpty() ? path : path + "?" + String.join("&", route.query());
  }

  /** A call that may change something is made once before. */
  private static void compare(Call call) throws IOException {
    if (!READS.contains(call.method())) {
      askSynapse(call);
    }
    var answers = new ArrayList<String>();
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO) // most answers are the same at once, and there are thousands
        .until(() -> compareOnce(call, answers));

    assertThat(answers.get(1)).as(call.toString()).isEqualTo(answers.get(0));
  }

  /** False if Synapse itself gives two answers, as it does until what it does behind them ends. */
  private static boolean compareOnce(Call call, List<String> answers) throws IOException {
    answers.clear();
    answers.add(askSynapse(call));
    answers.add(ask(call, GATEWAY.port()));
    return answers.get(0).equals(answers.get(1)) || answers.get(0).equals(askSynapse(call));
  }

  private static String askSynapse(Call call) throws IOException {
    return ask(call, FIXTURE.synapse().url().getPort());
  }

  /** The answer when there are not too many requests. */
  private static String ask(Call call, int port) {
    return await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .until(() -> askOnce(call, port), answer -> !answer.startsWith("429"));
  }

  /**
   * The whole answer without its date and its ages, and with its headers in the order of their
   * names.
   */
  private static String askOnce(Call call, int port) throws IOException {
    var headers = new ArrayList<String>();
    if (call.token() != null) {
      headers.add("Authorization: Bearer " + call.token());
    }
    headers.add("Content-Length: " + call.body().length());
    try (var client = new RawClient(port)) {
      client.request(call.method(), call.target(), headers.toArray(String[]::new));
      client.send(call.body());
      var answer = call.method().equals("HEAD") ? client.answerWithoutBody() : client.answer();
      return answer.status()
          + "\n"
          + sorted(answer.head(), call.method().equals("HEAD") ? UNLIKE_OF_HEAD : UNLIKE)
          + "\n"
          + AGE.matcher(answer.text()).replaceAll("$1");
    }
  }

  private static String sorted(String head, Set<String> without) {
    return String.join(
        "\n",
        head.lines()
            .skip(1)
            .filter(line -> !line.isEmpty() && !without.contains(line.split(":")[0]))
            .sorted(String.CASE_INSENSITIVE_ORDER)
            .toList());
  }

  private static boolean isPassed(Call call) {
    var path = call.target().replaceFirst("\\?.*", "");
    return !new OwnIds(table()::serves).test(call.method(), path);
  }

  private static RouteTable table() {
    return Arrays.stream(
            GATEWAY.environment().getApplicationContext().getServletHandler().getFilters())
        .map(FilterHolder::getFilter)
        .filter(RoutingFilter.class::isInstance)
        .map(filter -> ((RoutingFilter) filter).routes())
        .findFirst()
        .orElseThrow();
  }

  private static String login(String id) throws IOException {
    try (var client = new RawClient(FIXTURE.synapse().url().getPort())) {
      var answer =
          client
              .request(
                  "POST",
                  "/_synapse/admin/v1/users/" + encoded(id) + "/login",
                  "Authorization: Bearer " + admin,
                  "Content-Length: 2")
              .send("{}")
              .answer();
      return JSON.readTree(answer.body()).path("access_token").asText();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
