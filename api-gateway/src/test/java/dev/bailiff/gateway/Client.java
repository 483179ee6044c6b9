package dev.bailiff.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP client that sends a request target exactly as given; other clients refuse or repair the
 * paths of these tests. Every reply is checked against the OpenAPI document.
 */
public final class Client {
  private final int port;
  private final String source;
  private final List<String> headers;

  public Client(int port, String token) {
    this(port, null, token == null ? List.of() : List.of("Authorization: Bearer " + token));
  }

  private Client(int port, String source, List<String> headers) {
    this.port = port;
    this.source = source;
    this.headers = headers;
  }

  /** The same client with one more header line. */
  public Client with(String header) {
    var more = new ArrayList<>(headers);
    more.add(header);
    return new Client(port, source, more);
  }

  /**
   * The same client at another address.
   *
   * @param address an address of this machine: any in 127.0.0.0/8
   */
  public Client from(String address) {
    return new Client(port, address, headers);
  }

  public Reply get(String target) {
    return send("GET", target, null);
  }

  public Reply delete(String target) {
    return delete(target, "");
  }

  public Reply delete(String target, String body) {
    return send("DELETE", target, body);
  }

  public Reply post(String target, String body) {
    return send("POST", target, body);
  }

  public Reply put(String target, String body) {
    return send("PUT", target, body);
  }

  public Reply patch(String target, String body) {
    return send("PATCH", target, body);
  }

  public Reply send(String method, String target, String body) {
    return sendBytes(method, target, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
  }

  public Reply sendBytes(String method, String target, byte[] body) {
    var head =
        new StringBuilder(method)
            .append(' ')
            .append(target)
            .append(" HTTP/1.1\r\nHost: localhost\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("Connection: close\r\n");
    if (body != null) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    var reply = exchange(head.append("\r\n").toString(), body == null ? new byte[0] : body);
    ReplyContract.check(method, target, reply);
    return reply;
  }

  /** Binds the socket only if asked to: a bound socket uses up a port of its own. */
  private Socket connect() throws IOException {
    return source == null
        ? new Socket("127.0.0.1", port)
        : new Socket("127.0.0.1", port, InetAddress.getByName(source), 0);
  }

  /** Sends these bytes and reads until the server closes the connection. */
  public Reply exchange(String head, byte[] body) {
    try (var socket = connect()) {
      socket.setSoTimeout(60_000);
      var out = new ByteArrayOutputStream();
      out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(body);
      socket.getOutputStream().write(out.toByteArray());
      socket.getOutputStream().flush();
      return Reply.parse(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("no reply to " + head, e);
    }
  }
}
