package dev.bailiff.gateway.token;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.route.ApiModule;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/**
 * The calls on tokens of Bailiff's own.
 *
 * @param kinds names of the kinds of job
 */
public record TokenCalls(OperatorTokens tokens, Collection<String> kinds, Clock clock)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new TokenResource(tokens, new TokenBody(kinds, clock)), new CallerResource());
  }
}
