package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.error.ErrorReply;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Tells the audit of requests that go to the homeserver, before and after their effect. */
public interface PassedAudit {
  /** Tells nothing. */
  PassedAudit NONE =
      new PassedAudit() {
        @Override
        public Optional<ErrorReply> before(Request request, @Nullable ErrorReply refusal) {
          return Optional.empty();
        }

        @Override
        public void after(Request request, int status) {
          // nothing to tell
        }
      };

  /**
   * Tells of a request before it is passed on.
   *
   * @param refusal why it is not passed on; null if it is
   * @return why it must not be passed on: what cannot be told does not happen
   */
  Optional<ErrorReply> before(Request request, @Nullable ErrorReply refusal);

  /** Tells how a request that was told before has ended. */
  void after(Request request, int status);
}
