package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.error.ErrorReply;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Decides what becomes of requests with a token of Bailiff's own, which the homeserver does not
 * know.
 */
@FunctionalInterface
public interface OwnTokens {
  /** No token is Bailiff's own: every request goes as it came. */
  OwnTokens NONE = request -> Optional.empty();

  /** What becomes of a request. */
  sealed interface Passage {

    /** It is answered here. */
    record Refused(ErrorReply reply) implements Passage {}

    /** It goes to the homeserver without a token, as it needs none. */
    record WithoutToken() implements Passage {}

    /** It goes to the homeserver with another token. */
    record With(String token) implements Passage {}
  }

  /** Empty for a request with another token, or with none. */
  Optional<Passage> passage(Request request);
}
