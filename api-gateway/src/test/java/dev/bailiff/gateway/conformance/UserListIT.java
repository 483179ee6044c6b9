package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.homeserver.Community;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists users, in both versions. */
@Section({"4.3", "4.4"})
class UserListIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String V2 = "/_synapse/admin/v2/users";
  private static final String V3 = "/_synapse/admin/v3/users";

  private static String group;

  /** Twenty users whose names sort by their numbers, and share a part. */
  @BeforeAll
  static void addUsers() {
    group = gateway.newName("listed");
    for (int i = 0; i < 20; i++) {
      gateway.users().account(user(i), 1_700_000_000_999L + i);
    }
  }

  private static String user(int number) {
    return Community.user("%s-%02d".formatted(group, number));
  }

  private static JsonNode list(String path, String query) {
    return gateway.admin().get(path + "?user_id=" + group + "&" + query).json();
  }

  private static List<String> names(String path, String query) {
    return list(path, query).path("users").findValuesAsText("name");
  }

  private static void set(int number, String assignment) {
    gateway.execute(
        "update homeserver.account set " + assignment + " where user_id = ?", user(number));
  }

  @Test
  void userHasEveryKeyWithTheCreationInMillisecondsOfWholeSeconds() {
    var user = list(V2, "limit=1").path("users").path(0);

    assertThat(user.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "name",
            "is_guest",
            "admin",
            "user_type",
            "deactivated",
            "erased",
            "shadow_banned",
            "locked",
            "displayname",
            "avatar_url",
            "creation_ts",
            "last_seen_ts");
    assertThat(user.path("creation_ts").longValue()).isEqualTo(1_700_000_000_000L);
    assertThat(user.path("last_seen_ts").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=20, 20, ",
    "limit=21, 20, ",
    "limit=19, 19, 19",
    "from=5&limit=10, 10, 15",
    "from=19, 1, ",
    "from=20, 0, ",
    "limit=0, 0, 0",
    "from=18446744073, 0, ",
    "from=9223372036854775807&limit=9223372036854775807, 0, ",
    "from=+5&limit=+5, 5, 10",
    "from=1&from=x&limit=2, 2, 3"
  })
  void pageIsCutWithANextTokenOnlyWhereMoreIsLeft(String query, int rows, String next) {
    for (var path : List.of(V2, V3)) {
      var page = list(path, query);

      assertThat(page.path("users")).hasSize(rows);
      assertThat(page.path("total").intValue()).isEqualTo(20);
      assertThat(page.path("next_token").textValue()).isEqualTo(next);
    }
  }

  @Test
  void hundredUsersAreTheMostIfNothingIsSaid() {
    var page = gateway.admin().get(V2 + "?locked=true&deactivated=true").json();

    assertThat(page.path("users").size()).isEqualTo(Math.min(100, page.path("total").intValue()));
  }

  @Test
  void wholeIdIsSearchedInAnyLetterCase() {
    assertThat(gateway.admin().get(V2 + "?user_id=CRYPTO-gain-0").json().path("total").intValue())
        .isEqualTo(10);
    assertThat(
            gateway
                .admin()
                .get(V2 + "?user_id=ada%3Achat.EX")
                .json()
                .path("users")
                .findValuesAsText("name"))
        .containsExactly("@ada:chat.example");
    assertThat(gateway.admin().get(V2 + "?user_id=").json().path("total").intValue())
        .isGreaterThan(50);
  }

  @Test
  void nameIsSearchedInLocalpartAndDisplayNameAndIdsAreIgnoredThen() {
    set(3, "displayname = 'Ünïque Øne'");
    var found = "?name=%C3%9CN%C3%8FQUE&user_id=nobody-at-all";

    assertThat(gateway.admin().get(V2 + found).json().path("users").findValuesAsText("name"))
        .containsExactly(user(3));
    assertThat(
            gateway
                .admin()
                .get(V2 + "?name=" + group + "-07")
                .json()
                .path("users")
                .findValuesAsText("name"))
        .containsExactly(user(7));
    assertThat(gateway.admin().get(V2 + "?name=chat.example").json().path("total").intValue())
        .isZero();
    assertThat(names(V2, "name=")).hasSize(20);
  }

  @Test
  void wildcardsOfSqlAreOrdinaryLetters() {
    assertThat(gateway.admin().get(V2 + "?name=%25").json().path("total").intValue()).isZero();
    assertThat(gateway.admin().get(V2 + "?user_id=a_a").json().path("total").intValue()).isZero();
    assertThat(gateway.admin().get(V2 + "?name=%5C").json().path("total").intValue()).isZero();
  }

  @Test
  void guestsAreListedUnlessRefused() {
    set(4, "is_guest = true");

    assertThat(names(V2, "")).contains(user(4));
    assertThat(names(V2, "guests=true")).contains(user(4));
    assertThat(names(V2, "guests=false")).hasSize(19).doesNotContain(user(4));
  }

  @Test
  void lockedUsersAreListedAsWellIfAskedFor() {
    set(5, "locked = true");

    try {
      for (var path : List.of(V2, V3)) {
        assertThat(names(path, "")).hasSize(19).doesNotContain(user(5));
        assertThat(names(path, "locked=false")).doesNotContain(user(5));
        assertThat(names(path, "locked=true")).hasSize(20);
      }
    } finally {
      set(5, "locked = false");
    }
  }

  @Test
  void adminsAloneOrOthersAloneAreListedIfAskedFor() {
    set(6, "admin = true");

    assertThat(names(V2, "admins=true")).containsExactly(user(6));
    assertThat(names(V2, "admins=false")).hasSize(19).doesNotContain(user(6));
    assertThat(names(V2, "")).hasSize(20);
  }

  @Test
  @Section("4.3")
  void lockedAndDeactivatedUsersAreAskedForSeparately() {
    set(15, "locked = true");
    set(16, "deactivated = true");

    try {
      assertThat(names(V2, "")).doesNotContain(user(15), user(16));
      assertThat(names(V2, "deactivated=true")).contains(user(16)).doesNotContain(user(15));
      assertThat(names(V2, "locked=true")).contains(user(15)).doesNotContain(user(16));
      assertThat(names(V2, "locked=true&deactivated=true")).contains(user(15), user(16));
    } finally {
      set(15, "locked = false");
      set(16, "deactivated = false");
    }
  }

  @Test
  void adminsWhoAreGuestsAreLeftOutWithTheGuests() {
    set(17, "admin = true");
    set(18, "admin = true, is_guest = true");

    try {
      assertThat(names(V2, "admins=true&guests=false")).contains(user(17)).doesNotContain(user(18));
    } finally {
      set(17, "admin = false");
      set(18, "admin = false, is_guest = false");
    }
  }

  @Test
  @Section("4.3")
  void olderListShowsDeactivatedUsersAsWellIfAskedFor() {
    set(7, "deactivated = true");

    try {
      assertThat(names(V2, "")).hasSize(19).doesNotContain(user(7));
      assertThat(names(V2, "deactivated=false")).doesNotContain(user(7));
      assertThat(names(V2, "deactivated=true")).hasSize(20);
    } finally {
      set(7, "deactivated = false");
    }
  }

  @Test
  @Section("4.4")
  void newerListShowsDeactivatedUsersAloneIfAskedFor() {
    set(8, "deactivated = true");

    try {
      assertThat(names(V3, "")).hasSize(20);
      assertThat(names(V3, "deactivated=true")).containsExactly(user(8));
      assertThat(names(V3, "deactivated=false")).hasSize(19).doesNotContain(user(8));
    } finally {
      set(8, "deactivated = false");
    }
  }

  @Test
  void typesAreLeftOutWithTheEmptyOneForNone() {
    set(9, "user_type = 'bot'");
    set(10, "user_type = 'support'");

    assertThat(names(V2, "not_user_type=bot")).hasSize(19).doesNotContain(user(9));
    assertThat(names(V2, "not_user_type=bot&not_user_type=support")).hasSize(18);
    assertThat(names(V2, "not_user_type=")).containsExactly(user(9), user(10));
    assertThat(names(V2, "not_user_type=&not_user_type=bot")).containsExactly(user(10));
    assertThat(names(V2, "not_user_type=unheard-of")).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "is_guest",
        "admin",
        "user_type",
        "deactivated",
        "shadow_banned",
        "displayname",
        "avatar_url",
        "creation_ts",
        "last_seen_ts",
        "locked",
        "name"
      })
  void everyOrderIsKnownInBothDirectionsAndTiesGoByName(String order) {
    for (var path : List.of(V2, V3)) {
      var up = names(path, "order_by=" + order);
      var down = names(path, "order_by=" + order + "&dir=b");

      assertThat(up).hasSameElementsAs(down);
      assertThat(names(path, "order_by=" + order + "&dir=f")).isEqualTo(up);
    }
  }

  @Test
  void equalUsersComeByNameInBothDirections() {
    assertThat(names(V2, "order_by=locked&dir=b")).isSorted().hasSize(20);
    assertThat(names(V2, "order_by=name&dir=b").get(0)).isEqualTo(user(19));
  }

  @Test
  void nullsComeLastUpwardsAndFirstDownwards() {
    set(11, "avatar_url = 'mxc://a'");
    set(12, "avatar_url = 'mxc://b'");

    assertThat(names(V2, "order_by=avatar_url").subList(0, 3))
        .containsExactly(user(11), user(12), user(0));
    assertThat(names(V2, "order_by=avatar_url&dir=b").subList(18, 20))
        .containsExactly(user(12), user(11));
  }

  @Test
  void devicesAreLookedAtBeforeConnectionsForTheLastSight() {
    gateway.execute(
        "insert into homeserver.device (user_id, device_id, last_seen_at) values (?, 'A', 3000)",
        user(13));
    gateway.users().connection(user(13), "A", "10.0.0.1", 9000);
    gateway.users().connection(user(14), null, "10.0.0.1", 4000);

    var first = list(V2, "order_by=last_seen_ts&limit=2").path("users");

    assertThat(first.findValuesAsText("name")).containsExactly(user(13), user(14));
    assertThat(first.path(0).path("last_seen_ts").longValue()).isEqualTo(3000);
    assertThat(first.path(1).path("last_seen_ts").longValue()).isEqualTo(4000);
  }

  @ParameterizedTest
  @CsvSource({
    "from=-1, 400 M_INVALID_PARAM",
    "from=x, 400 M_INVALID_PARAM",
    "from=, 400 M_INVALID_PARAM",
    "from=9223372036854775808, 400 M_INVALID_PARAM",
    "limit=-5, 400 M_INVALID_PARAM",
    "limit=1.0, 400 M_INVALID_PARAM",
    "guests=not_a_bool, 400 M_INVALID_PARAM",
    "guests=True, 400 M_INVALID_PARAM",
    "deactivated=1, 400 M_INVALID_PARAM",
    "locked=, 400 M_INVALID_PARAM",
    "admins=yes, 400 M_INVALID_PARAM",
    "order_by=bar, 400 M_INVALID_PARAM",
    "order_by=, 400 M_INVALID_PARAM",
    "order_by=Name, 400 M_INVALID_PARAM",
    "order_by=suspended, 400 M_INVALID_PARAM",
    "order_by=n%C3%A4me, 400 M_UNKNOWN",
    "dir=bar, 400 M_INVALID_PARAM",
    "dir=F, 400 M_INVALID_PARAM",
    "user_id=%C3%A4, 400 M_UNKNOWN",
    "name=%FF, 400 M_UNKNOWN",
    "not_user_type=%C3%A4, 400 M_UNKNOWN",
    "unheard_of=1, 200"
  })
  void badParametersAreRefused(String query, String outcome) {
    assertThat(gateway.admin().get(V2 + "?" + query).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(V3 + "?" + query).outcome()).isEqualTo(outcome);
  }

  @Test
  void errorsSayWhatTheOriginalSays() {
    assertThat(gateway.admin().get(V2 + "?from=-1").json().path("error").asText())
        .isEqualTo("Query parameter from must be a positive integer.");
    assertThat(gateway.admin().get(V3 + "?guests=x").json().path("error").asText())
        .isEqualTo("Boolean query parameter 'guests' must be one of ['true', 'false']");
  }

  @Test
  void firstBadParameterDecidesAndTheAdminCheckComesBefore() {
    assertThat(gateway.admin().get(V2 + "?user_id=%C3%A4&from=-1").outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.admin().get(V2 + "?user_id=%C3%A4&guests=x").outcome())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(gateway.strangers("GET", V2 + "?from=-1")).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", V3 + "?from=-1")).isEqualTo(CommunityGateway.REFUSED);
  }
}
