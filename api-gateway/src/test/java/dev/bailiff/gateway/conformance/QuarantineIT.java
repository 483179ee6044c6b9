package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.RandomText;
import dev.bailiff.testing.homeserver.Community;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Section({"5.15", "5.17", "5.18", "5.19", "5.20", "5.21", "5.22", "5.23", "5.41"})
class QuarantineIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String V1 = "/_synapse/admin/v1";
  private static final String ADA = Community.user("ada");

  @Test
  @Section("5.15")
  void everythingIsToldOfALocalMedium() {
    var info = gateway.admin().get(V1 + "/media/chat.example/VMiNmsYpXLDwJHqJdnjnMtYk");

    assertThat(info.body())
        .isEqualTo(
            "{\"media_info\":{\"media_origin\":null,\"user_id\":\"@ada:chat.example\","
                + "\"media_id\":\"VMiNmsYpXLDwJHqJdnjnMtYk\",\"media_type\":\"image/png\",\"media_length\":403,"
                + "\"upload_name\":\"ada.png\",\"created_ts\":1795368124720,\"last_access_ts\":null,"
                + "\"filesystem_id\":null,\"url_cache\":null,\"quarantined_by\":null,\"authenticated\":true,"
                + "\"safe_from_quarantine\":false,"
                + "\"sha256\":\"825c16988f38dcd224ce7d1a8eaa487b7142b2ee0dc33bceb7dd17e65e6d166e\"}}");
  }

  @Test
  @Section("5.15")
  void everythingIsToldOfACopyOfAnotherServersMedium() {
    var id = remote("other.example", "digest-info");

    assertThat(info("other.example", id).toString())
        .isEqualTo(
            "{\"media_origin\":\"other.example\",\"user_id\":null,\"media_id\":\"%s\","
                    .formatted(id)
                + "\"media_type\":\"image/png\",\"media_length\":5,\"upload_name\":null,\"created_ts\":1000,"
                + "\"last_access_ts\":2000,\"filesystem_id\":\"fs\",\"url_cache\":null,\"quarantined_by\":null,"
                + "\"authenticated\":true,\"safe_from_quarantine\":null,\"sha256\":\"digest-info\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat.example/unknown",
        "other.example/VMiNmsYpXLDwJHqJdnjnMtYk",
        "chat.example/",
        "/VMiNmsYpXLDwJHqJdnjnMtYk"
      })
  @Section("5.15")
  void mediumThatIsUnknownOrNotCachedIsNotFound(String medium) {
    assertThat(gateway.admin().get(V1 + "/media/" + medium).outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  @Section({"5.17", "5.18"})
  void quarantineGoesByContentOfWhateverUserAndServer() {
    var digest = gateway.newName("digest");
    var named = local(digest);
    var twin = local(digest);
    var copy = remote("other.example", digest);
    var other = local(gateway.newName("digest"));

    assertThat(quarantine("chat.example", named)).isEqualTo("{}");

    assertThat(quarantinedBy(named)).isEqualTo("@admin:chat.example");
    assertThat(quarantinedBy(twin)).isEqualTo("@admin:chat.example");
    assertThat(info("other.example", copy).path("quarantined_by").asText())
        .isEqualTo("@admin:chat.example");
    assertThat(quarantinedBy(other)).isNull();

    assertThat(release("other.example", copy)).isEqualTo("{}");

    assertThat(quarantinedBy(named)).isNull();
    assertThat(quarantinedBy(twin)).isNull();
    assertThat(info("other.example", copy).path("quarantined_by").isNull()).isTrue();
  }

  @Test
  @Section({"5.17", "5.18"})
  void mediumWithoutDigestGoesAlone() {
    var named = local(null);
    var other = local(null);

    quarantine("chat.example", named);

    assertThat(quarantinedBy(named)).isNotNull();
    assertThat(quarantinedBy(other)).isNull();
  }

  @Test
  @Section({"5.17", "5.18", "5.19"})
  void protectedMediaStayOutAndTakeNothingIn() {
    var digest = gateway.newName("digest");
    var safe = local(digest);
    var twin = local(digest);
    protect(safe);

    quarantine("chat.example", safe);
    assertThat(quarantinedBy(safe)).isNull();
    assertThat(quarantinedBy(twin)).isNull();

    quarantine("chat.example", twin);
    assertThat(quarantinedBy(twin)).isNotNull();
    assertThat(quarantinedBy(safe)).isNull();
  }

  @Test
  @Section({"5.18", "5.19", "5.20"})
  void protectionLiftsNoQuarantineAndReleaseWorksOnProtectedMedia() {
    var medium = local(gateway.newName("digest"));
    quarantine("chat.example", medium);

    assertThat(protect(medium)).isEqualTo("{}");
    assertThat(quarantinedBy(medium)).isNotNull();
    assertThat(info("chat.example", medium).path("safe_from_quarantine").booleanValue()).isTrue();

    release("chat.example", medium);
    assertThat(quarantinedBy(medium)).isNull();

    assertThat(gateway.admin().post(V1 + "/media/unprotect/" + medium, "{no json").body())
        .isEqualTo("{}");
    assertThat(info("chat.example", medium).path("safe_from_quarantine").booleanValue()).isFalse();
  }

  @Test
  @Section({"5.17", "5.18"})
  void unknownMediaAreNoErrorOfTheQuarantine() {
    assertThat(quarantine("chat.example", "unknown")).isEqualTo("{}");
    assertThat(quarantine("other.example", "unknown")).isEqualTo("{}");
    assertThat(quarantine("", "")).isEqualTo("{}");
    assertThat(release("chat.example", "unknown")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protect", "unprotect"})
  @Section({"5.19", "5.20"})
  void unknownMediaCannotBeProtected(String verb) {
    assertThat(gateway.admin().post(V1 + "/media/" + verb + "/unknown", null).outcome())
        .isEqualTo("404 M_UNKNOWN");
    assertThat(gateway.admin().post(V1 + "/media/" + verb + "/", null).outcome())
        .isEqualTo("404 M_UNKNOWN");
    assertThat(gateway.admin().get(V1 + "/media/" + verb + "/unknown").outcome())
        .isEqualTo("405 M_UNRECOGNIZED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/room/ROOM/media/quarantine", "/quarantine_media/ROOM"})
  @Section("5.21")
  void whatEventsOfARoomNameIsQuarantinedAndCountedOnEachCall(String path) {
    var digest = gateway.newName("digest");
    var image = local(digest);
    var thumbnail = local(gateway.newName("digest"));
    var twin = local(digest);
    var copy = remote("other.example", gateway.newName("digest"));
    var safe = local(gateway.newName("digest"));
    protect(safe);
    var room = gateway.newRoom(ADA);
    room.message(naming("chat.example", image, thumbnail));
    room.message(naming("chat.example", image, null));
    room.message(naming("chat.example", twin, null));
    room.message(naming("chat.example", safe, null));
    room.message(naming("other.example", copy, null));
    room.message(naming("chat.example", "gone", null));
    room.message("{\"info\":{\"thumbnail_url\":\"mxc://chat.example/" + local(null) + "\"}}");

    var call = V1 + path.replace("ROOM", room.id());

    assertThat(gateway.admin().post(call, null).body()).isEqualTo("{\"num_quarantined\":4}");
    assertThat(gateway.admin().post(call, "{").body()).isEqualTo("{\"num_quarantined\":4}");
    assertThat(quarantinedBy(image)).isNotNull();
    assertThat(quarantinedBy(thumbnail)).isNotNull();
    assertThat(quarantinedBy(safe)).isNull();
    assertThat(info("other.example", copy).path("quarantined_by").isNull()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "\\ud800", "LONG"})
  @Section({"5.21", "5.23"})
  void oddNamesInEventsKeepNoOthersFromQuarantine(String odd) {
    var name = odd.equals("LONG") ? RandomText.ofLength(8_000) : odd;
    var image = local(null);
    var hidden = local(null);
    var room = gateway.newRoom(ADA);
    room.message(naming("chat.example", name, image));
    room.message(naming(name, image, name));
    room.message(naming("chat.example", hidden + "#" + name, null));

    assertThat(gateway.admin().post(V1 + "/room/" + room.id() + "/media/quarantine", null).body())
        .isEqualTo("{\"num_quarantined\":2}");
    assertThat(quarantinedBy(image)).isNotNull();
    assertThat(quarantinedBy(hidden)).isNotNull();
    assertThat(gateway.admin().get(V1 + "/room/" + room.id() + "/media").json().path("local"))
        .extracting(JsonNode::asText)
        .contains("mxc://chat.example/" + image, "mxc://chat.example/" + hidden);
  }

  @Test
  @Section({"5.21", "5.22", "5.23"})
  void unknownRoomsAndUsersHaveNoMedia() {
    for (var path :
        List.of(
            "/room/!unknown:chat.example/media/quarantine",
            "/quarantine_media/nonsense",
            "/user/@nobody:chat.example/media/quarantine",
            "/user/@far:other.example/media/quarantine",
            "/user/nonsense/media/quarantine")) {
      assertThat(gateway.admin().post(V1 + path, null).body())
          .as(path)
          .isEqualTo("{\"num_quarantined\":0}");
    }
    assertThat(gateway.admin().get(V1 + "/room/!unknown:chat.example/media").body())
        .isEqualTo("{\"local\":[],\"remote\":[]}");
    assertThat(gateway.admin().get(V1 + "/room//media").body())
        .isEqualTo("{\"local\":[],\"remote\":[]}");
  }

  @Test
  @Section("5.22")
  void uploadsOfAUserAreQuarantinedOnce() {
    var user = gateway.newUser("uploader");
    var first = localOf(user, gateway.newName("digest"));
    var second = localOf(user, null);
    var safe = localOf(user, gateway.newName("digest"));
    protect(safe);
    var path = V1 + "/user/" + user + "/media/quarantine";

    assertThat(gateway.admin().post(path, null).body()).isEqualTo("{\"num_quarantined\":2}");
    assertThat(gateway.admin().post(path, null).body()).isEqualTo("{\"num_quarantined\":0}");
    assertThat(quarantinedBy(first)).isEqualTo("@admin:chat.example");
    assertThat(quarantinedBy(second)).isEqualTo("@admin:chat.example");
    assertThat(quarantinedBy(safe)).isNull();
  }

  @Test
  @Section("5.23")
  void mediaOfARoomAreListedNewestFirstWithRepetitions() {
    var room = gateway.newRoom(ADA);
    room.message(naming("chat.example", "aaaa", "bbbb"));
    room.message(naming("other.example", "cccc", null));
    room.message(naming("chat.example", "aaaa", null));
    room.message("{\"url\":5}");
    room.message("{\"url\":\"https://chat.example/a\"}");
    room.message("{\"file\":{\"url\":\"mxc://chat.example/encrypted\"}}");

    assertThat(gateway.admin().get(V1 + "/room/" + room.id() + "/media").body())
        .isEqualTo(
            "{\"local\":[\"mxc://chat.example/aaaa\",\"mxc://chat.example/aaaa\",\"mxc://chat.example/bbbb\"],"
                + "\"remote\":[\"mxc://other.example/cccc\"]}");
  }

  @Test
  @Section("5.23")
  void mediaOfTheCommunityAreFound() {
    var media =
        gateway.admin().get(V1 + "/room/!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c/media").json();

    assertThat(media.path("local")).hasSizeGreaterThanOrEqualTo(84);
    assertThat(media.path("remote")).isEmpty();
  }

  @Test
  @Section("5.41")
  void changesAreToldOldestFirstWhetherTheyChangedAnythingOrNot() {
    long before = newest();
    var medium = local(gateway.newName("digest"));
    quarantine("chat.example", medium);
    quarantine("chat.example", medium);
    release("chat.example", medium);

    var mine = new ArrayList<String>();
    for (JsonNode change : changes(before).path("changes")) {
      if (change.path("media_id").asText().equals(medium)) {
        assertThat(change.path("origin").asText()).isEqualTo("chat.example");
        mine.add(change.path("quarantined").asText());
      }
    }

    assertThat(mine).containsExactly("true", "true", "false");
    assertThat(changes(newest()).toString())
        .isEqualTo("{\"next_batch\":" + newest() + ",\"changes\":[]}");
  }

  @Test
  @Section("5.41")
  void changesComeAHundredAtATime() {
    var user = gateway.newUser("hoarder");
    for (int i = 0; i < 150; i++) {
      localOf(user, null);
    }
    long before = newest();
    gateway.admin().post(V1 + "/user/" + user + "/media/quarantine", null);

    var first = changes(before);

    assertThat(first.path("changes")).hasSize(100);
    assertThat(first.path("next_batch").longValue()).isEqualTo(before + 100);
    assertThat(changes(before + 100).path("changes")).hasSize(50);
  }

  @Test
  @Section("5.41")
  void positionMustHaveBeenTold() {
    for (var from : List.of("x", "", "-1", "" + (newest() + 1_000_000))) {
      assertThat(gateway.admin().get(V1 + "/media/quarantine_changes?from=" + from).outcome())
          .as(from)
          .isEqualTo("400 M_INVALID_PARAM");
    }
  }

  private static String naming(String server, String medium, String thumbnail) {
    return "{\"url\":\"mxc://"
        + server
        + "/"
        + medium
        + "\""
        + (thumbnail == null
            ? ""
            : ",\"info\":{\"thumbnail_url\":\"mxc://" + server + "/" + thumbnail + "\"}")
        + "}";
  }

  private static String local(String digest) {
    return localOf(ADA, digest);
  }

  private static String localOf(String user, String digest) {
    return gateway.media().local(gateway.newName("medium"), user, 5L, 1000, digest);
  }

  private static String remote(String server, String digest) {
    var id = gateway.newName("copy");
    gateway.execute(
        """
        insert into homeserver.remote_media
          (origin, media_id, media_type, media_length, created_at, last_access_at, filesystem_id, sha256)
        values (?, ?, 'image/png', 5, 1000, 2000, 'fs', ?)
        """,
        server,
        id,
        digest);
    return id;
  }

  private static String quarantine(String server, String medium) {
    return gateway.admin().post(V1 + "/media/quarantine/" + server + "/" + medium, null).body();
  }

  private static String release(String server, String medium) {
    return gateway.admin().post(V1 + "/media/unquarantine/" + server + "/" + medium, "{}").body();
  }

  private static String protect(String medium) {
    return gateway.admin().post(V1 + "/media/protect/" + medium, null).body();
  }

  private static JsonNode info(String server, String medium) {
    return gateway.admin().get(V1 + "/media/" + server + "/" + medium).json().path("media_info");
  }

  private static String quarantinedBy(String medium) {
    return gateway.value(
        "select quarantined_by from homeserver.local_media where media_id = ?", medium);
  }

  private static long newest() {
    return Long.parseLong(
        gateway.value("select coalesce(max(position), 0) from homeserver.quarantine_change"));
  }

  private static JsonNode changes(long from) {
    return gateway.admin().get(V1 + "/media/quarantine_changes?from=" + from).json();
  }
}
