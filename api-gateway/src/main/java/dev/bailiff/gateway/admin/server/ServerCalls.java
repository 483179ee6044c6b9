package dev.bailiff.gateway.admin.server;

import dev.bailiff.gateway.route.ApiModule;
import java.util.List;

/** Information about the server itself. */
public record ServerCalls() implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new ServerVersionResource());
  }
}
