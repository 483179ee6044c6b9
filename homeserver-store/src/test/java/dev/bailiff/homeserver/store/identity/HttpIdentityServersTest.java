package dev.bailiff.homeserver.store.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bailiff.homeserver.IdentityConfig;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpIdentityServersTest {
  private static final List<BoundThreepid> ADA =
      List.of(new BoundThreepid("@ada:chat.example", "email", "ada@mail.example"));

  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private HttpServer server;
  private HttpIdentityServers identityServers;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/_matrix/identity/v2/3pid/unbind",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          int status = statuses.size() > 1 ? statuses.pop() : statuses.element();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    identityServers =
        new HttpIdentityServers(
            new IdentityConfig(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Duration.seconds(5),
                3));
  }

  @AfterEach
  void stop() {
    identityServers.close();
    server.stop(0);
  }

  @Test
  void boundIdIsNamedToTheServer() {
    statuses.add(200);

    assertThat(identityServers.unbind(ADA)).containsExactly(Unbinding.SUCCESS);
    assertThat(bodies)
        .containsExactly(
            "{\"mxid\":\"@ada:chat.example\",\"threepid\":{\"medium\":\"email\",\"address\":\"ada@mail.example\"}}");
  }

  @Test
  void serverThatCannotUnbindIsNoSupport() {
    statuses.add(404);

    assertThat(identityServers.unbind(ADA)).containsExactly(Unbinding.NO_SUPPORT);
    assertThat(bodies).hasSize(1);
  }

  @Test
  void passingFailureIsTriedAgain() {
    statuses.addAll(List.of(500, 503, 200));

    assertThat(identityServers.unbind(ADA)).containsExactly(Unbinding.SUCCESS);
    assertThat(bodies).hasSize(3);
  }

  @Test
  void lastingFailureIsTold() {
    statuses.add(500);

    assertThat(identityServers.unbind(ADA)).containsExactly(Unbinding.FAILED);
    assertThat(bodies).hasSize(3);
  }

  @Test
  void serverThatIsDownIsNotAskedForEver() {
    statuses.add(500);
    List<BoundThreepid> many = Collections.nCopies(50, ADA.get(0));

    assertThat(identityServers.unbind(many)).hasSize(50).containsOnly(Unbinding.FAILED);

    assertThat(bodies).hasSizeLessThan(100);
  }

  @Test
  void withoutServersNothingIsBound() {
    assertThat(HttpIdentityServers.of(IdentityConfig.defaults()).unbind(ADA))
        .containsExactly(Unbinding.SUCCESS);
  }
}
