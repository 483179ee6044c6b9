package dev.bailiff.worker.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A receiver that really listens, and checks messages by the rules of Standard Webhooks, with code
 * of its own.
 */
final class Receiver implements AutoCloseable {
  private static final long TOLERANCE_SECONDS = 300;
  private static final String PASSWORD = "changeit";

  private final HttpServer server;
  private final Queue<Integer> answers = new ArrayDeque<>();
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private volatile @Nullable String redirect;

  /** A message as it came. */
  record Message(
      String path, String id, String timestamp, @Nullable String signature, String body) {

    /** What a careful receiver finds. */
    String verdict(String secret, Instant now) {
      if (signature == null) {
        return "unsigned";
      }
      if (Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
        return "late";
      }
      return signature.equals("v1," + hmac(secret)) ? "genuine" : "forged";
    }

    private String hmac(String secret) {
      try {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(
            new SecretKeySpec(
                Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        return Base64.getEncoder()
            .encodeToString(
                mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Receiver(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  /** One at an address of loopback, at any free port for 0. */
  static Receiver at(String address, int port) throws IOException {
    return new Receiver(
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0));
  }

  /** One at 127.0.0.1 with a certificate that it signed itself. */
  static Receiver withTls(Path folder) throws Exception {
    var store = folder.resolve("tls.p12");
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=receiver",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    if (made.waitFor() != 0) {
      throw new IllegalStateException("keytool made no certificate");
    }
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    var server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new Receiver(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The next messages get these answers, all others 204. */
  synchronized void answerWith(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  void redirectTo(String address) {
    redirect = address;
  }

  List<Message> messages() {
    return messages;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      messages.add(
          new Message(
              exchange.getRequestURI().toString(),
              headers.getFirst("webhook-id"),
              headers.getFirst("webhook-timestamp"),
              headers.getFirst("webhook-signature"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      var target = redirect;
      if (target != null) {
        exchange.getResponseHeaders().set("Location", target);
        exchange.sendResponseHeaders(307, -1);
      } else {
        exchange.sendResponseHeaders(next(), -1);
      }
    }
  }

  private synchronized int next() {
    var answer = answers.poll();
    return answer == null ? 204 : answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
