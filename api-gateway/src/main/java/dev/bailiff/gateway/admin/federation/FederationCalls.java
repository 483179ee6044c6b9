package dev.bailiff.gateway.admin.federation;

import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.federation.Destinations;
import java.util.List;

/** Other servers. */
public record FederationCalls(Destinations destinations) implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new DestinationResource(destinations));
  }
}
