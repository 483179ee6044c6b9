package dev.bailiff.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Long bodies are passed piece by piece, and as fast as they are read. */
class PassThroughStreamTest {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int LONG = 100 * MEBIBYTE;
  private static final int PIECE = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Above what the buffers of four sockets hold. */
  private static final int HELD = 64 * MEBIBYTE;

  @RegisterExtension static final PassingServers SERVERS = new PassingServers();

  private final ScriptedHomeserver homeserver = SERVERS.homeserver();
  private final PassingGateway gateway = SERVERS.gateway();

  @Test
  void pieceOfARequestArrivesBeforeTheNextIsSent() throws Exception {
    var arrived = new SynchronousQueue<Integer>();
    homeserver.on(
        call -> {
          for (int i = 0; i < 5; i++) {
            put(arrived, call.wire().read());
          }
          call.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });

    try (var client = gateway.client()) {
      client.send("PUT /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
      for (char piece : "abcde".toCharArray()) {
        client.send(String.valueOf(piece));
        assertThat(take(arrived)).isEqualTo(piece);
      }
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void pieceOfAnAnswerArrivesBeforeTheNextIsSent() throws Exception {
    var next = new SynchronousQueue<Integer>();
    homeserver.on(
        call -> {
          call.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
          for (int i = 0; i < 5; i++) {
            call.answer(String.valueOf((char) take(next)));
          }
        });

    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/x");
      put(next, 'a');
      assertThat(client.wire().head()).startsWith("HTTP/1.1 200 ");
      assertThat(client.wire().read()).isEqualTo('a');
      for (char piece : "bcde".toCharArray()) {
        put(next, piece);
        assertThat(client.wire().read()).isEqualTo(piece);
      }
    }
  }

  @Test
  void longRequestWaitsForAHomeserverThatDoesNotRead() throws Exception {
    var mayRead = new CountDownLatch(1);
    homeserver.on(
        call -> {
          awaitDown(mayRead);
          boolean whole = isPattern(call.socket().getInputStream());
          call.answer("HTTP/1.1 " + (whole ? 200 : 400) + " X\r\nContent-Length: 0\r\n\r\n");
        });

    try (var client = gateway.client()) {
      client.send("PUT /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: " + LONG + "\r\n\r\n");
      var sender = new Sender(client.socket().getOutputStream());
      CompletableFuture.runAsync(sender, task -> new Thread(task).start());
      assertThat(sender.whenStuck()).isLessThan(HELD);
      mayRead.countDown();

      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void longAnswerWaitsForAClientThatDoesNotRead() throws Exception {
    var sending = new CompletableFuture<Sender>();
    homeserver.on(
        call -> {
          call.answer("HTTP/1.1 200 OK\r\nContent-Length: " + LONG + "\r\n\r\n");
          var sender = new Sender(call.socket().getOutputStream());
          sending.complete(sender);
          sender.run();
        });

    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/x");
      assertThat(sending.get(60, TimeUnit.SECONDS).whenStuck()).isLessThan(HELD);

      assertThat(client.wire().head()).startsWith("HTTP/1.1 200 ");
      assertThat(isPattern(client.socket().getInputStream())).isTrue();
    }
  }

  /** Sends the pattern as fast as it is taken. */
  private static final class Sender implements Runnable {
    private final OutputStream out;
    private final AtomicInteger sent = new AtomicInteger();

    Sender(OutputStream out) {
      this.out = out;
    }

    @Override
    public void run() {
      try {
        for (int i = 0; i < LONG; i += PIECE) {
          out.write(piece(i));
          sent.addAndGet(PIECE);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The bytes that were taken, once no more were taken for several looks. */
    int whenStuck() {
      var seen = new AtomicInteger(-1);
      await()
          .atMost(PATIENCE)
          .during(Duration.ofSeconds(1))
          .until(() -> seen.getAndSet(sent.get()) == sent.get());
      return sent.get();
    }
  }

  private static boolean isPattern(InputStream in) throws IOException {
    for (int i = 0; i < LONG; i += PIECE) {
      if (!Arrays.equals(in.readNBytes(PIECE), piece(i))) {
        return false;
      }
    }
    return true;
  }

  private static byte[] piece(int begin) {
    var bytes = new byte[PIECE];
    for (int i = 0; i < PIECE; i++) {
      bytes[i] = (byte) (i * 31 + begin / PIECE);
    }
    return bytes;
  }

  private static void put(SynchronousQueue<Integer> queue, int piece) {
    try {
      assertThat(queue.offer(piece, 60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int take(SynchronousQueue<Integer> queue) {
    try {
      return Objects.requireNonNull(queue.poll(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitDown(CountDownLatch latch) {
    await().atMost(PATIENCE).until(() -> latch.getCount() == 0);
  }
}
