package dev.bailiff.gateway.admin.registration;

import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.registration.RegistrationTokens;
import java.time.Clock;
import java.util.List;

/** Registration tokens. */
public record RegistrationCalls(RegistrationTokens tokens, Clock clock) implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new NewRegistrationTokenResource(tokens, clock),
        new RegistrationTokenResource(tokens, clock));
  }
}
