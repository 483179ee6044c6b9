package dev.bailiff.gateway.abuse;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One request.
 *
 * @param body null for none
 */
record Attempt(String method, String target, List<String> headers, byte[] body) {
  private static final int SHOWN = 300;

  static Attempt of(String method, String target, byte[] body) {
    return new Attempt(method, target, List.of(), body);
  }

  Reply send(Client client) {
    var sender = client;
    for (String header : headers) {
      sender = sender.with(header);
    }
    return sender.sendBytes(method, target, body);
  }

  @Override
  public String toString() {
    return cut(method + " " + target)
        + (headers.isEmpty() ? "" : " " + cut(headers.toString()))
        + (body == null ? "" : " " + cut(new String(body, StandardCharsets.ISO_8859_1)));
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + ")";
  }
}
