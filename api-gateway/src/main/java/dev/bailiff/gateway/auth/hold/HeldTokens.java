package dev.bailiff.gateway.auth.hold;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.access.OperatorToken;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator tokens with which calls wait and streams run on this gateway. Each of these ends as
 * soon as this gateway hears that its token is revoked. A token may be revoked after its call was
 * admitted and before the call holds it, for instance while a body arrives, so revoked tokens are
 * remembered for a while.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class HeldTokens {
  /** The reply to a call whose token was revoked while it waited: that to any later call. */
  public static final ErrorReply REFUSAL =
      new ErrorReply(
          401,
          Errcode.M_UNKNOWN_TOKEN.name(),
          "Invalid access token passed.",
          Map.of("soft_logout", false));

  private static final Logger LOG = LoggerFactory.getLogger(HeldTokens.class);
  private static final int REMEMBERED = 10_000;
  // Longer than any body takes to arrive.
  private static final Duration MEMORY = Duration.ofHours(1);

  private final Map<String, Set<Held>> held = new ConcurrentHashMap<>();
  private final Cache<String, Boolean> revoked =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(MEMORY).build();

  /** The hold on a token, until it is closed. Closing it again does nothing. */
  public interface Hold extends AutoCloseable {
    /** Holds nothing. */
    Hold NONE = () -> {};

    @Override
    void close();
  }

  /**
   * Holds a token.
   *
   * @param token empty for a user's own, which ends by other means
   * @param end called once when the token is revoked, maybe before this returns; must not block
   */
  public Hold hold(Optional<OperatorToken> token, Runnable end) {
    if (token.isEmpty()) {
      return Hold.NONE;
    }
    var one = new Held(token.get().id(), end);
    held.compute(
        one.id,
        (id, others) -> {
          var all = others == null ? new HashSet<Held>() : others;
          all.add(one);
          return all;
        });
    if (revoked.getIfPresent(one.id) != null) {
      one.end();
    }
    return one;
  }

  /** Ends all that runs with a token. */
  public void revoked(String id) {
    revoked.put(id, true);
    var all = held.remove(id);
    if (all != null) {
      LOG.info("token {} is not valid any more; {} calls with it end", id, all.size());
      all.forEach(Held::end);
    }
  }

  /** The ids of all held tokens. */
  public Set<String> ids() {
    return Set.copyOf(held.keySet());
  }

  /** Compared by identity. */
  private final class Held implements Hold {
    private final String id;
    private final Runnable end;
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    Held(String id, Runnable end) {
      this.id = id;
      this.end = end;
    }

    void end() {
      if (hasEnded.compareAndSet(false, true)) {
        try {
          end.run();
        } catch (RuntimeException e) {
          // The others with this token must end, too.
          LOG.warn("a call with token {} could not be ended: {}", id, e.toString());
        }
      }
    }

    @Override
    public void close() {
      held.computeIfPresent(
          id,
          (unused, others) -> {
            others.remove(this);
            return others.isEmpty() ? null : others;
          });
    }
  }
}
