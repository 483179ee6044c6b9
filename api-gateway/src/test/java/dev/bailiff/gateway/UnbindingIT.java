package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Addresses that a user loses are unbound at the identity server first (4.2, step 2). */
class UnbindingIT {
  private static final String KIM = "/_synapse/admin/v2/users/@kim:chat.example";
  private static final String TWO_ADDRESSES =
      """
      {"threepids": [{"medium": "email", "address": "kim@work.example"},
                     {"medium": "msisdn", "address": "15550001"}]}
      """;
  private static final List<String> asked = new CopyOnWriteArrayList<>();
  private static final HttpServer identityServer = start();
  private static volatile int status = 200;

  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config(
              "identity.servers", "http://127.0.0.1:" + identityServer.getAddress().getPort()));

  private static HttpServer start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stop() {
    identityServer.stop(0);
  }

  @BeforeEach
  void giveTwoAddresses() {
    status = 200;
    gateway.admin().put(KIM, TWO_ADDRESSES);
    asked.clear();
  }

  @Test
  void addressThatGoesIsUnboundAndTheOneThatStaysIsNot() {
    var reply =
        gateway
            .admin()
            .put(KIM, "{\"threepids\": [{\"medium\": \"msisdn\", \"address\": \"15550001\"}]}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("threepids")).hasSize(1);
    assertThat(asked)
        .containsExactly(
            """
            {"mxid":"@kim:chat.example","threepid":{"medium":"email","address":"kim@work.example"}}"""
                .strip());
  }

  @Test
  void nothingIsSavedWhenTheIdentityServerFails() {
    status = 500;

    var reply = gateway.admin().put(KIM, "{\"threepids\": [], \"displayname\": \"Other\"}");

    assertThat(reply.outcome()).isEqualTo("500 M_UNKNOWN");
    var kim = gateway.admin().get(KIM).json();
    assertThat(kim.path("threepids")).hasSize(2);
    assertThat(kim.path("displayname").asText()).isEqualTo("kim");
  }

  @Test
  void serverThatCannotUnbindIsNoObstacle() {
    status = 404;

    assertThat(gateway.admin().put(KIM, "{\"threepids\": []}").status()).isEqualTo(200);
  }

  @Test
  void changeThatIsRefusedReachesNoIdentityServer() {
    gateway.admin().put(KIM, "{\"threepids\": [], \"avatar_url\": 1}");
    gateway.admin().put(KIM, "{\"displayname\": \"Kim\"}");

    assertThat(asked).isEmpty();
    gateway.admin().put(KIM, "{\"displayname\": \"kim\"}");
  }
}
