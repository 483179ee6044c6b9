package dev.bailiff.gateway.client;

import dev.bailiff.gateway.RunningGateway;
import io.dropwizard.testing.ConfigOverride;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One gateway on the records of the example community for all clients, configured as Ketesa wants
 * it. No worker runs beside it: {@link PlayedWorker} moves the jobs. Each client changes users and
 * rooms of its own; those of the community stay as they are.
 */
final class ClientGateway implements BeforeAllCallback {
  private RunningGateway running;

  private ClientGateway() {}

  static ClientGateway shared() {
    return new ClientGateway();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(ClientGateway.class))
            .getOrComputeIfAbsent(Started.class, key -> Started.by(context), Started.class)
            .gateway();
  }

  int port() {
    return running.port();
  }

  Jdbi jdbi() {
    return running.jdbi();
  }

  /** An access token of the server admin, from a login by password. */
  String adminToken() {
    return new HttpLibrary(running.nobody())
        .post(
            "/_matrix/client/v3/login",
            "{\"type\":\"m.login.password\",\"user\":\"admin\",\"password\":\"adminpw\"}")
        .json()
        .path("access_token")
        .asText();
  }

  /** Stops with the last class of the JVM. */
  private record Started(RunningGateway gateway, ExtensionContext context)
      implements AutoCloseable {

    static Started by(ExtensionContext context) {
      var gateway =
          RunningGateway.onCommunity(
              ConfigOverride.config("limits.loginBurst", "100000"),
              ConfigOverride.config("compatibility.redactStatusWord", "complete"),
              ConfigOverride.config("wellKnown.homeserver", "https://matrix.chat.example"));
      try {
        gateway.beforeAll(context);
      } catch (Exception e) {
        throw new IllegalStateException("the gateway does not start", e);
      }
      return new Started(gateway, context);
    }

    @Override
    public void close() {
      gateway.afterAll(context);
    }
  }
}
