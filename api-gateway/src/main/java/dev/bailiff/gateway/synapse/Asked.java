package dev.bailiff.gateway.synapse;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import dev.bailiff.homeserver.synapse.http.UnexpectedAnswerException;
import java.util.function.Supplier;

/** Questions to Synapse on behalf of a caller, whose call ends with the error of the question. */
final class Asked {
  private Asked() {}

  /**
   * The answer to a question.
   *
   * @throws ApiException 429 if Synapse limits the rate, 504 if it does not answer, 502 if it
   *     answers with an error
   */
  static <T> T of(Supplier<T> question) {
    try {
      return question.get();
    } catch (RateLimitedException e) {
      throw limited(e);
    } catch (HomeserverUnavailableException e) {
      if (e.getCause() instanceof RateLimitedException limited) {
        throw limited(limited);
      }
      throw e;
    } catch (NoAnswerException e) {
      throw new ApiException(504, Errcode.M_UNKNOWN, "The homeserver does not answer in time");
    } catch (UnexpectedAnswerException e) {
      throw new ApiException(
          502, Errcode.M_UNKNOWN, "The homeserver cannot answer: " + e.getMessage());
    }
  }

  private static ApiException limited(RateLimitedException e) {
    return new ApiException(
        ErrorReply.again(
            429, "The homeserver has too many requests just now", e.retryAfter().toMillis()));
  }
}
