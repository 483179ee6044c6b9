package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists a user's media, and deletes the listed media. */
@Section({"4.13", "4.14"})
class UserMediaIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static String media(String user) {
    return "/_synapse/admin/v1/users/" + user + "/media";
  }

  /** Three media: a (oldest) has no length, b is quarantined, c (newest) protected. */
  private static String uploader() {
    var user = gateway.newUser("uploader");
    for (var row : List.of("a 1000 text/plain 5", "b 2000 image/png 7", "c 3000 image/gif 6")) {
      var part = row.split(" ");
      gateway.execute(
          "insert into homeserver.local_media (media_id, user_id, created_at, media_type, media_length) values (?, ?, ?, ?, ?)",
          user.substring(1, user.indexOf(':')) + part[0],
          user,
          Long.parseLong(part[1]),
          part[2],
          Long.parseLong(part[3]));
    }
    return user;
  }

  private static List<String> order(String user, String query) {
    return gateway
        .admin()
        .get(media(user) + query)
        .json()
        .path("media")
        .findValuesAsText("media_id")
        .stream()
        .map(id -> id.substring(id.length() - 1))
        .toList();
  }

  @Test
  @Section("4.13")
  void mediumOfTheCommunityIsShownWithEveryKey() {
    var page = gateway.admin().get(media("@bela:chat.example")).json();
    var medium = page.path("media").path(0);

    assertThat(page.path("total").intValue()).isPositive();
    assertThat(medium.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "media_id",
            "media_type",
            "media_length",
            "upload_name",
            "created_ts",
            "last_access_ts",
            "quarantined_by",
            "safe_from_quarantine",
            "url_cache",
            "user_id",
            "authenticated",
            "sha256");
    assertThat(medium.path("safe_from_quarantine").isBoolean()).isTrue();
    assertThat(medium.path("authenticated").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @Section("4.13")
  @CsvSource({
    "'', cba",
    "?order_by=created_ts, abc",
    "?dir=f, abc",
    "?dir=b, cba",
    "?order_by=media_length, acb",
    "?order_by=media_length&dir=b, bca",
    "?order_by=media_type, cba",
    "?order_by=media_id, abc",
    "?order_by=upload_name&dir=b, abc",
    "?order_by=last_access_ts, abc",
    "?order_by=quarantined_by, abc",
    "?order_by=safe_from_quarantine&dir=b, abc"
  })
  void newestComesFirstUnlessAnOrderIsAskedFor(String query, String expected) {
    assertThat(String.join("", order(uploader(), query))).isEqualTo(expected);
  }

  @Test
  @Section("4.13")
  void nextTokenIsANumber() {
    var user = uploader();
    var page = gateway.admin().get(media(user) + "?limit=2").json();

    assertThat(page.path("next_token").isIntegralNumber()).isTrue();
    assertThat(page.path("next_token").intValue()).isEqualTo(2);
    assertThat(page.path("total").intValue()).isEqualTo(3);
    assertThat(gateway.admin().get(media(user) + "?from=2&limit=1").json().has("next_token"))
        .isFalse();
    assertThat(gateway.admin().get(media(user) + "?limit=0").json().path("next_token").intValue())
        .isZero();
    assertThat(gateway.admin().get(media(gateway.newUser("uploader"))).body())
        .isEqualTo("{\"media\":[],\"total\":0}");
  }

  @Test
  @Section("4.14")
  void pageThatTheListShowsIsDeleted() {
    var user = uploader();
    var name = user.substring(1, user.indexOf(':'));

    var reply =
        gateway.admin().with("Prefer: respond-async").delete(media(user) + "?limit=2", "not JSON");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("deleted_media").toString()).isEqualTo("[]");
    assertThat(reply.json().path("total").intValue()).isZero();
    assertThat(
            gateway.value(
                "select string_agg(item, ',' order by item) from jobs.target_item where list = 'media' and job_id = ?::uuid",
                reply.headers().get("Bailiff-Job")))
        .isEqualTo(name + "b," + name + "c");
  }

  /** The page may be longer than a page that is shown, but no longer than memory allows. */
  @ParameterizedTest
  @CsvSource({"20000, 20000", "2000000, 100000"})
  @Section("4.14")
  void pageToDeleteIsAsLongAsAskedAndBounded(long asked, String taken) {
    var reply =
        gateway
            .admin()
            .with("Prefer: respond-async")
            .delete(media(uploader()) + "?limit=" + asked, null);

    assertThat(
            gateway.value(
                "select parameters -> 'page' ->> 'limit' from jobs.job where job_id = ?::uuid",
                reply.headers().get("Bailiff-Job")))
        .isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, ?from=-1, 400 M_INVALID_PARAM",
    "@ada:other.example, ?from=-1, 400 M_UNKNOWN",
    "@nobody:chat.example, ?from=-1, 404 M_NOT_FOUND",
    "@ada:chat.example, ?from=-1, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?limit=-1, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?limit=x, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?order_by=x, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?order_by=, 400 M_INVALID_PARAM",
    "@ada:chat.example, ?dir=x, 400 M_INVALID_PARAM"
  })
  void userAndQueryAreCheckedInThisOrder(String id, String query, String outcome) {
    assertThat(gateway.admin().get(media(id) + query).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().delete(media(id) + query, null).outcome()).isEqualTo(outcome);
  }

  @Test
  void errorSaysWhatTheOriginalSays() {
    assertThat(gateway.admin().get(media("@ada:other.example")).json().path("error").asText())
        .isEqualTo("Can only look up local users");
    assertThat(
            gateway.admin().delete(media("@ada:other.example"), null).json().path("error").asText())
        .isEqualTo("Can only look up local users");
  }

  @Test
  void onlyAdminsSeeAndDeleteMedia() {
    assertThat(gateway.strangers("GET", media("x"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("DELETE", media("x"))).isEqualTo(CommunityGateway.REFUSED);
  }
}
