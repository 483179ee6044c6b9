package dev.bailiff.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.gateway.server.PathMask;
import dev.bailiff.gateway.server.QueryMask;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How paths are matched and decoded. */
class PathsTest {

  @Path("/v2/rooms")
  static final class Rooms {
    @DELETE
    @Path("/{room_id}")
    public void delete() {}

    @GET
    @Path("/{room_id}/delete_status")
    public void byRoom() {}

    @GET
    @Path("/delete_status/{delete_id}")
    public void byJob() {}
  }

  private final RouteTable routes = RouteTable.of(List.of(Rooms.class));

  @Test
  void thePathDecidesBeforeTheMethod() {
    var route = routes.find("/v2/rooms/delete_status").orElseThrow();

    assertThat(route.serves("GET")).isFalse();
    assertThat(route.serves("DELETE")).isTrue();
    assertThat(route.rawValues()).containsExactly("delete_status");
  }

  @Test
  void headIsServedWhereGetIs() {
    assertThat(routes.find("/v2/rooms/!r/delete_status").orElseThrow().serves("HEAD")).isTrue();
    assertThat(routes.find("/v2/rooms/!r").orElseThrow().serves("HEAD")).isFalse();
  }

  @Test
  void trailingSlashIsAnEmptyPlaceholder() {
    assertThat(routes.find("/v2/rooms/").orElseThrow().rawValues()).containsExactly("");
    assertThat(routes.find("/v2/rooms")).isEmpty();
    assertThat(routes.find("/v2/rooms/!r/")).isEmpty();
    assertThat(routes.find("//v2/rooms/!r")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "%2F, /",
    "a%2fb, a/b",
    "%252F, %2F",
    "a+b, a+b",
    "%zz, %zz",
    "100%, 100%",
    "%4, %4",
    "a;b=c, a;b=c",
    "~x, ~x",
    "%E2%82%AC, \u20ac",
    "%FF, \uFFFD",
    "'', ''"
  })
  void placeholderIsDecodedOnceAndSurvivesJaxRs(String raw, String value) {
    var path = routes.find("/v2/rooms/" + raw).orElseThrow().safePath();

    var encoded = path.substring("/v2/rooms/".length());

    assertThat(encoded).matches("~[A-Za-z0-9_-]*");
    assertThat(PathSegment.fromString(encoded).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a",
    "/a?b=1, /a?b=1",
    "/a?access_token=x, /a?access_token=<hidden>",
    "/a?b=1&access_token=x&c, /a?b=1&access_token=<hidden>&c",
    "/a?%61ccess%5Ftoken=x, /a?access_token=<hidden>",
    "/a?b;access_token=x;c, /a?b;access_token=<hidden>;c",
    "/a?Access_Token=x, /a?access_token=<hidden>",
    "/a?access_token=x=y?access_token=z, /a?access_token=<hidden>"
  })
  void logNeverShowsATokenOfAQuery(String pathQuery, String shown) {
    assertThat(QueryMask.hide(pathQuery)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "/_synapse/admin/v1/registration_tokens, /_synapse/admin/v1/registration_tokens",
    "/_synapse/admin/v1/registration_tokens?valid=true, /_synapse/admin/v1/registration_tokens?valid=true",
    "/_synapse/admin/v1/registration_tokens/new, /_synapse/admin/v1/registration_tokens/new",
    "/_synapse/admin/v1/registration_tokens/s3cret, /_synapse/admin/v1/registration_tokens/<hidden>",
    "/_synapse/admin/v1/registration_tokens/s3cret?a=b/c, /_synapse/admin/v1/registration_tokens/<hidden>?a=b/c",
    "/_synapse/admin/v2/registration%5ftokens/s3cret/more, /_synapse/admin/v2/registration%5ftokens/<hidden>/<hidden>",
    "/_synapse/admin/v1/registration_tokens//s3cret/, /_synapse/admin/v1/registration_tokens//<hidden>/",
    "/_synapse/admin/v1/registration_tokens/new/s3cret, /_synapse/admin/v1/registration_tokens/<hidden>/<hidden>",
    "/_synapse/admin/v1/threepid/email/users/a%40b.example, /_synapse/admin/v1/threepid/email/users/<hidden>",
    "/_synapse/admin/v1/users/@a:b/threepid, /_synapse/admin/v1/users/@a:b/threepid"
  })
  void logShowsNeitherRegistrationTokensNorAddresses(String path, String shown) {
    assertThat(PathMask.hide(path)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"a, true", "\uD83D\uDE00, true", "'', true"})
  void textThatPostgresHoldsIsStorable(String text, boolean storable) {
    assertThat(StorableText.isStorable(text)).isEqualTo(storable);
  }

  @Test
  void nulAndLoneSurrogatesAreNotStorable() {
    for (var text : new String[] {"a\u0000", "\uD83D", "\uD83Da", "\uDE00", "\uDE00\uD83D"}) {
      assertThat(StorableText.isStorable(text)).isFalse();
    }
  }
}
