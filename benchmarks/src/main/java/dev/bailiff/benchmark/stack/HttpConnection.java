package dev.bailiff.benchmark.stack;

import dev.bailiff.benchmark.data.TargetLines;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept connection for one call at a time. The client uses next to no processor time, because
 * client and server share the machine and only the server is measured. For use by one thread.
 */
public final class HttpConnection implements AutoCloseable {
  private static final int CONTINUE = 100;

  private final Socket socket;
  private final InputStream in;
  private final String head;

  /**
   * Connects.
   *
   * @param token sent with each call
   */
  public HttpConnection(URI server, String token) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    head = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer " + token;
  }

  /**
   * An answer of the server.
   *
   * @param headers by name in lower case
   */
  public record Reply(int status, Map<String, String> headers, String body) {

    /**
     * Throws unless the status is this one.
     *
     * @throws IllegalStateException with the answer
     */
    public Reply require(int wanted) {
      if (status != wanted) {
        throw new IllegalStateException("status " + status + ": " + body);
      }
      return this;
    }
  }

  public Reply get(String path) throws IOException {
    return call("GET " + path + head + "\r\n\r\n");
  }

  /** Sends JSON. */
  public Reply post(String path, String json) throws IOException {
    return send("POST", path, json);
  }

  /** Sends JSON. */
  public Reply put(String path, String json) throws IOException {
    return send("PUT", path, json);
  }

  private Reply send(String method, String path, String json) throws IOException {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return call(
        method
            + " "
            + path
            + head
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + json);
  }

  /**
   * Sends a submission of many targets while it is made, as soon as the server says that it takes
   * it. A server that refuses has closed the connection by then, and its answer would be lost.
   */
  public Reply postLines(String path, TargetLines lines) throws IOException {
    var first =
        call(
            "POST "
                + path
                + head
                + "\r\nContent-Type: application/x-ndjson\r\nExpect: 100-continue\r\nContent-Length: "
                + lines.length()
                + "\r\n\r\n");
    if (first.status() != CONTINUE) {
      return first;
    }
    var out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    lines.writeTo(out);
    out.flush();
    return reply();
  }

  private Reply call(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return reply();
  }

  private Reply reply() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var body = status == CONTINUE ? "" : new String(body(headers), StandardCharsets.UTF_8);
    return new Reply(status, headers, body);
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (length != null) {
      return bytes(Integer.parseInt(length));
    }
    var body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(bytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0], 16);
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the server closed the connection");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
