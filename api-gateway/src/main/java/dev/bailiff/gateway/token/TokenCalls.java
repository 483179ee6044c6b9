package dev.bailiff.gateway.token;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.route.ApiModule;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The calls on tokens of Bailiff's own.
 *
 * @param kinds names of the kinds of job
 * @param afterRevocation what becomes of the jobs of a token that was revoked; gets its name
 */
public record TokenCalls(
    OperatorTokens tokens, Collection<String> kinds, Consumer<String> afterRevocation, Clock clock)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new TokenResource(tokens, new TokenBody(kinds, clock), afterRevocation),
        new CallerResource());
  }
}
