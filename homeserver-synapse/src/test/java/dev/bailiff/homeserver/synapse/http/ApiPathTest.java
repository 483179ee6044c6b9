package dev.bailiff.homeserver.synapse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ApiPathTest {

  @Test
  void idsAreEncodedWhole() {
    var path = ApiPath.of("/v1/rooms/{}/block", "!a/b?c#d e%+:chat.example");

    assertEquals("/v1/rooms/%21a%2Fb%3Fc%23d%20e%25%2B%3Achat.example/block", path.text());
  }

  @Test
  void anIdThatLooksLikeAPlaceIsAnId() {
    assertEquals("/%7B%7D/b", ApiPath.of("/{}/{}", "{}", "b").text());
  }

  @Test
  void queryParametersFollowEachOther() {
    var path = ApiPath.of("/v1/rooms").with("dir", "f").with("filter", "{\"a\":[1]}");

    assertEquals("/v1/rooms?dir=f&filter=%7B%22a%22%3A%5B1%5D%7D", path.text());
  }

  @Test
  void anIdWithoutAPlaceIsAMistake() {
    assertThrows(IllegalArgumentException.class, () -> ApiPath.of("/v1/rooms", "!a:b"));
  }
}
