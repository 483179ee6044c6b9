package dev.bailiff.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {
  private FakeGateway gateway;
  private ApiClient client;

  @BeforeEach
  void start() throws IOException {
    gateway = FakeGateway.start();
    client = new ApiClient(gateway.address());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void tokenIsSentAsBearer() {
    gateway.answers(200, "{}");

    client.get("/x");

    assertThat(gateway.asked()).containsExactly("GET /x Bearer the-token");
  }

  @Test
  void idsAreEncodedAsOneSegment() {
    assertThat(ApiClient.path("/rooms/{}/of/{}", "!a/b c:d", "@ü:x"))
        .isEqualTo("/rooms/%21a%2Fb%20c%3Ad/of/%40%C3%BC%3Ax");
  }

  @Test
  void idsWithDollarsAreTakenAsTheyAre() {
    assertThat(ApiClient.path("/events/{}", "$1")).isEqualTo("/events/%241");
  }

  @Test
  void emptyValuesLeaveNoQuery() {
    assertThat(ApiClient.query(Map.of("status", ""))).isEmpty();
    assertThat(ApiClient.query(Map.of("status", "active"))).isEqualTo("?status=active");
  }

  @Test
  void refusalHasTheWordsOfTheServer() {
    gateway.answers(
        400, "{\"errcode\":\"M_INVALID_PARAM\",\"error\":\"'kind' names no kind of job\"}");

    assertThatThrownBy(() -> client.get("/x"))
        .isInstanceOfSatisfying(
            ApiCallException.class,
            e -> {
              assertThat(e).hasMessage("'kind' names no kind of job (400 M_INVALID_PARAM)");
              assertThat(e.isPassing()).isFalse();
            });
  }

  @Test
  void otherServersAreToldApart() {
    gateway.answers(404, "<html>not here</html>");

    assertThatThrownBy(() -> client.get("/x")).hasMessageContaining("is no Bailiff");
  }

  @Test
  void nobodyThereIsAPassingTrouble() {
    gateway.close();

    assertThatThrownBy(() -> client.get("/x"))
        .isInstanceOfSatisfying(ApiCallException.class, e -> assertThat(e.isPassing()).isTrue())
        .hasMessageStartingWith("no answer from http://127.0.0.1:");
  }

  @Test
  void addressesOfOtherSchemesAreRefused() {
    assertThatThrownBy(() -> new ApiAddress(URI.create("localhost:8008"), "t"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new ApiAddress(URI.create("http://h:1/"), "t").url()).hasToString("http://h:1");
    assertThat(new ApiAddress(URI.create("http://h:1"), "secret").toString())
        .doesNotContain("secret");
  }
}
