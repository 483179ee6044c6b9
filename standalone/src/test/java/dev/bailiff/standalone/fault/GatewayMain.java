package dev.bailiff.standalone.fault;

import dev.bailiff.gateway.GatewayApplication;
import dev.bailiff.text.FixedLocale;

/** The gateway of production in a process of its own, without the command line around it. */
public final class GatewayMain {

  private GatewayMain() {}

  public static void main(String[] args) throws Exception {
    FixedLocale.set();
    new GatewayApplication().run(args);
  }
}
