package dev.bailiff.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP client that sends a request target exactly as it is given; others refuse or repair the
 * paths that the tests are about. Every reply is held against the OpenAPI document.
 */
public final class Client {
  private final int port;
  private final List<String> headers = new ArrayList<>();

  public Client(int port, String token) {
    this.port = port;
    if (token != null) {
      headers.add("Authorization: Bearer " + token);
    }
  }

  /** The same client with one more header line. */
  public Client with(String header) {
    var client = new Client(port, null);
    client.headers.addAll(headers);
    client.headers.add(header);
    return client;
  }

  public Reply get(String target) {
    return send("GET", target, null);
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

  /** Sends these bytes and reads until the server closes the connection. */
  public Reply exchange(String head, byte[] body) {
    try (var socket = new Socket("127.0.0.1", port)) {
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
