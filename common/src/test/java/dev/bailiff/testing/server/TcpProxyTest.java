package dev.bailiff.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private final Queue<Integer> received = new ConcurrentLinkedQueue<>();
  private ServerSocket echo;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
    proxy = TcpProxy.to("127.0.0.1", echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void bytesPassInBothDirections() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void cutBreaksWhatIsOpenAndRefusesWhatIsNew() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);

      proxy.cut();

      assertThat(isBroken(client)).isTrue();
      try (Socket second = connect()) {
        assertThat(isBroken(second)).isTrue();
      }
      proxy.restore();
      try (Socket third = connect()) {
        assertThat(ask(third, 8)).isEqualTo(8);
      }
    }
  }

  @Test
  void blackHoleTakesRequestsAndPassesNoneOn() throws IOException {
    try (Socket client = connect()) {
      proxy.blackHole();
      client.setSoTimeout(200);

      assertThatThrownBy(() -> ask(client, 7)).isInstanceOf(SocketTimeoutException.class);

      assertThat(received).isEmpty();
    }
  }

  @Test
  void swallowedReplyMeansTheRequestHappened() throws IOException {
    try (Socket client = connect()) {
      proxy.swallowReplies();
      client.setSoTimeout(200);

      assertThatThrownBy(() -> ask(client, 7)).isInstanceOf(SocketTimeoutException.class);

      assertThat(received).containsExactly(7);
    }
  }

  @Test
  void delayHoldsEachDirection() throws IOException {
    try (Socket client = connect()) {
      proxy.delay(Duration.ofMillis(50));
      long start = System.nanoTime();

      ask(client, 7);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void closedClientLeavesNoConnection() throws IOException {
    try (Socket client = connect()) {
      ask(client, 7);
    }

    await().until(() -> proxy.connections() == 0);
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static int ask(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    return client.getInputStream().read();
  }

  private static boolean isBroken(Socket client) {
    try {
      return ask(client, 1) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private void serve() {
    while (!echo.isClosed()) {
      try (Socket client = echo.accept()) {
        for (int value = client.getInputStream().read();
            value >= 0;
            value = client.getInputStream().read()) {
          received.add(value);
          client.getOutputStream().write(value);
        }
      } catch (IOException e) {
        // the connection was cut, or the test is over
      }
    }
  }
}
