package dev.bailiff.gateway.proxy;

import java.io.IOException;
import java.net.Socket;

/** A client that sends bytes as they are. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final Wire wire;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    wire = new Wire(socket.getInputStream());
  }

  /** Sends text of which each character is a byte. */
  RawClient send(String latin) throws IOException {
    return send(Wire.bytes(latin));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** A request without body. */
  RawClient request(String method, String target, String... headers) throws IOException {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: chat.example\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return send(head + "\r\n");
  }

  /** The next answer, with its body. */
  Answer answer() throws IOException {
    var head = wire.head();
    return new Answer(head, wire.body(head));
  }

  /** The next answer of those that have no body. */
  Answer answerWithoutBody() throws IOException {
    return new Answer(wire.head(), new byte[0]);
  }

  Wire wire() {
    return wire;
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * An answer.
   *
   * @param head with its empty line
   */
  record Answer(String head, byte[] body) {

    int status() {
      return Integer.parseInt(head.split(" ")[1]);
    }

    String text() {
      return Wire.text(body);
    }
  }
}
