package dev.bailiff.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Registers accounts by the shared secret of a Synapse, which needs no account before.
 *
 * <p>Names and passwords are made of plain letters, as they stand in JSON unescaped.
 */
record SynapseRegistration(URI url, String secret) {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._=/-]+");

  /** Registers an account. Returns a token of it. */
  String register(String name, String password, boolean admin) {
    if (!PLAIN.matcher(name).matches() || !PLAIN.matcher(password).matches()) {
      throw new IllegalArgumentException("a name or a password is not of plain letters");
    }
    var client = HttpClient.newHttpClient();
    var path = url.resolve("/_synapse/admin/v1/register");
    var nonce = field("nonce", send(client, HttpRequest.newBuilder(path)));
    var body =
        String.format(
            "{\"nonce\":\"%s\",\"username\":\"%s\",\"password\":\"%s\","
                + "\"admin\":%s,\"mac\":\"%s\"}",
            nonce, name, password, admin, mac(nonce, name, password, admin));
    var request =
        HttpRequest.newBuilder(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return field("access_token", send(client, request));
  }

  private String mac(String nonce, String name, String password, boolean admin) {
    var text = String.join("\0", nonce, name, password, admin ? "admin" : "notadmin");
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String send(HttpClient client, HttpRequest.Builder request) {
    try {
      var answer =
          client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new EmbeddedServerException("Synapse registers nobody: " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new EmbeddedServerException("Synapse registers nobody: " + RootMessage.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while Synapse registered an account", e);
    }
  }

  private static String field(String name, String json) {
    var found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    if (!found.find()) {
      throw new EmbeddedServerException("Synapse answers without " + name);
    }
    return found.group(1);
  }
}
