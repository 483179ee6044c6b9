package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.error.ErrorReply;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** Decides whether requests may go on that change something which guard rails spare. */
@FunctionalInterface
public interface PassedGuard {
  /** Nothing is spared: every request goes on. */
  PassedGuard NONE = request -> Optional.empty();

  /** A request that may be refused, once its body is read. */
  @FunctionalInterface
  interface Question {

    /**
     * The refusal; empty if the request may go on. Asks the homeserver.
     *
     * @param body of the request, all of it
     */
    Optional<ErrorReply> refusal(byte[] body);
  }

  /** The question about a request; empty if it goes on unread. */
  Optional<Question> question(Request request);
}
