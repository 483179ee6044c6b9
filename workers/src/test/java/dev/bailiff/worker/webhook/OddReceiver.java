package dev.bailiff.worker.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver on a bare socket that does what no server should. */
final class OddReceiver implements AutoCloseable {
  private final ServerSocket listening;
  private final Answer answer;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger cutOff = new AtomicInteger();

  /** Writes an answer, perhaps for ever; an exception means that the client hung up. */
  interface Answer {
    void write(OutputStream out) throws IOException;
  }

  OddReceiver(Answer answer) throws IOException {
    this.answer = answer;
    this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  static Answer head(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  int port() {
    return listening.getLocalPort();
  }

  int connections() {
    return connections.size();
  }

  /** Answers that the client did not let end. */
  int cutOff() {
    return cutOff.get();
  }

  private void accept() {
    try {
      while (true) {
        var connection = listening.accept();
        connections.add(connection);
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try {
      readHead(connection.getInputStream());
      answer.write(connection.getOutputStream());
      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      cutOff.incrementAndGet();
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int last = 0; // the last four bytes
    while (last != 0x0d0a0d0a) {
      int next = in.read();
      if (next < 0) {
        return;
      }
      last = last << 8 | next;
    }
  }

  private static void start(Runnable work) {
    var thread = new Thread(work, "odd-receiver");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (var connection : connections) {
      connection.close();
    }
  }
}
