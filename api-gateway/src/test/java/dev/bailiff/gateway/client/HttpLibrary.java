package dev.bailiff.gateway.client;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.Reply;

/**
 * The additions of a client's HTTP library to each request: the type of the body if there is a
 * body, and the length zero if there could have been one.
 *
 * @param client with the header lines of every request
 */
record HttpLibrary(Client client) {

  /** The library of {@code synadm}: Python's {@code requests}. */
  static HttpLibrary ofPython(int port, String token) {
    return new HttpLibrary(
        new Client(port, token)
            .with("User-Agent: python-requests/2.32.3")
            .with("Accept-Encoding: gzip, deflate")
            .with("Accept: application/json"));
  }

  /** The library of the bots. */
  static HttpLibrary ofBot(int port, String token) {
    return new HttpLibrary(
        new Client(port, token)
            .with("User-Agent: matrix-bot-sdk")
            .with("Accept: application/json")
            .with("Accept-Encoding: gzip"));
  }

  Reply get(String target) {
    return send("GET", target, null);
  }

  Reply post(String target, String body) {
    return send("POST", target, body);
  }

  Reply put(String target, String body) {
    return send("PUT", target, body);
  }

  Reply delete(String target, String body) {
    return send("DELETE", target, body);
  }

  /**
   * Sends a request.
   *
   * @param body JSON as the client writes it; null for none
   */
  Reply send(String method, String target, String body) {
    if (body == null) {
      return client.send(method, target, method.equals("GET") ? null : "");
    }
    return client.with("Content-Type: application/json").send(method, target, body);
  }
}
