package dev.bailiff.benchmark.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Many clients that read a stream of events, by one thread: client and server share the machine,
 * and only the server is measured. A client notes when each change came, by the number in it.
 */
final class StreamReaders implements AutoCloseable {
  private static final int AT_A_TIME = 20;
  private static final String NUMBER = "\"done\":";

  private final Selector selector = Selector.open();
  private final Thread thread = new Thread(this::read, "stream-readers");
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final int changes;
  private final AtomicLongArray cameAt;
  private volatile boolean closed;

  /**
   * @param changes that each client will read, with the numbers from 0
   */
  StreamReaders(int clients, int changes) throws IOException {
    this.changes = changes;
    this.cameAt = new AtomicLongArray(clients * changes);
  }

  private static final class Client {
    private final int number;
    private final StringBuilder text = new StringBuilder();
    private boolean isOpen;

    Client(int number) {
      this.number = number;
    }
  }

  /** Connects a client for each token, a few at a time: each call reads its token. */
  void connect(URI server, String path, List<String> tokens)
      throws IOException, InterruptedException {
    thread.start();
    for (int n = 0; n < tokens.size(); n++) {
      var channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
      var request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(path, server.getAuthority(), tokens.get(n));
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Client(n));
      selector.wakeup();
      while (open.get() + ended.get() < n - AT_A_TIME) {
        Thread.sleep(5);
      }
    }
  }

  /** How many streams have begun. */
  int open() {
    return open.get();
  }

  /** How many streams have ended. */
  int ended() {
    return ended.get();
  }

  /**
   * When a change came to each client, by {@link System#nanoTime}; 0 for those it did not reach.
   */
  long[] cameAt(int change) {
    int clients = cameAt.length() / changes;
    var times = new long[clients];
    for (int n = 0; n < clients; n++) {
      times[n] = cameAt.get(n * changes + change);
    }
    return times;
  }

  private void read() {
    var buffer = ByteBuffer.allocate(16 * 1024);
    try {
      while (!closed) {
        selector.select(
            key -> {
              long now = System.nanoTime();
              try {
                read(key, buffer, now);
              } catch (IOException e) {
                ended.incrementAndGet();
                key.cancel();
              }
            });
      }
    } catch (IOException e) {
      ended.incrementAndGet();
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer, long now) throws IOException {
    buffer.clear();
    if (((SocketChannel) key.channel()).read(buffer) < 0) {
      ended.incrementAndGet();
      key.cancel();
      return;
    }
    var client = (Client) key.attachment();
    client.text.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII));
    int end = client.text.lastIndexOf("\n\n");
    if (end < 0) {
      return;
    }
    if (!client.isOpen) {
      client.isOpen = true;
      open.incrementAndGet();
    }
    for (int at = client.text.indexOf(NUMBER);
        at >= 0 && at < end;
        at = client.text.indexOf(NUMBER, at + 1)) {
      note(client, number(client.text, at + NUMBER.length()), now);
    }
    client.text.delete(0, end);
  }

  private static int number(CharSequence text, int from) {
    int number = 0;
    for (int i = from; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  private void note(Client client, int change, long now) {
    if (change < changes) {
      cameAt.compareAndSet(client.number * changes + change, 0, now);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closed = true;
    selector.wakeup();
    thread.join();
    for (var key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
