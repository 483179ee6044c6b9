package dev.bailiff.gateway.proxy;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A homeserver and a gateway in front of it, which all tests of a class share. */
final class PassingServers implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private final ScriptedHomeserver homeserver = ScriptedHomeserver.start();
  private final PassingGateway gateway = PassingGateway.to(homeserver.url());

  ScriptedHomeserver homeserver() {
    return homeserver;
  }

  PassingGateway gateway() {
    return gateway;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    gateway.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    homeserver.forget();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    gateway.close();
    homeserver.close();
  }
}
