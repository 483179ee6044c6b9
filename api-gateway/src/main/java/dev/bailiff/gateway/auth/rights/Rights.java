package dev.bailiff.gateway.auth.rights;

import dev.bailiff.access.Scope;
import dev.bailiff.access.Scopes;
import dev.bailiff.access.TokenLimits;
import dev.bailiff.access.TokenTerms;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.util.List;
import java.util.Set;

/**
 * What a caller may. Each question refuses with 403 {@code M_FORBIDDEN} and the reason.
 *
 * @param tokenId of the caller's token of Bailiff's own; empty without one
 */
public record Rights(TokenTerms terms, String tokenId) {

  /** What a caller may without a token of Bailiff's own. */
  public Rights(TokenTerms terms) {
    this(terms, "");
  }

  /** Placeholders of paths that name what a token may be bound to. */
  public static final List<String> TARGETS =
      List.of("user_id", "room_id", "room_id_or_alias", "media_id", "target");

  /** Everything. */
  public static final Rights ALL = new Rights(TokenTerms.UNBOUNDED);

  /** Requires the scopes of a call. */
  public void require(Needs needs) {
    if (!needs.kind().isEmpty()) {
      requireSubmission(needs.kind());
      return;
    }
    for (var scope : needs.value()) {
      if (!terms.effectiveScopes().allow(scope)) {
        throw missing(scope.word());
      }
    }
  }

  /**
   * Requires a scope.
   *
   * @param word such as {@code users:read} or {@code jobs:submit:delete-rooms}
   */
  public void requireScope(String word) {
    if (!terms.effectiveScopes().cover(new Scopes(Set.of(word)))) {
      throw missing(word);
    }
  }

  /** Requires the right to submit jobs of a kind. */
  public void requireSubmission(String kind) {
    if (!terms.effectiveScopes().allowSubmission(kind)) {
      throw missing(Scope.JOBS_SUBMIT.word() + ":" + kind);
    }
  }

  /** Requires the right to name a user, room or medium. */
  public void requireTarget(String id) {
    if (!terms.allowsTarget(id)) {
      throw forbidden(
          "This token may not name " + id + ", but " + String.join(", ", terms.targets()));
    }
  }

  /** Requires the right to submit a job of so many targets. */
  public void requireTargets(long targets) {
    var most = terms.mostTargets();
    if (most != null && targets > most) {
      throw forbidden("This token may submit jobs of at most " + most + " targets");
    }
  }

  /** Requires that any target may be named: what a search finds is not known yet. */
  public void requireAnyTarget() {
    if (!terms.targets().isEmpty()) {
      throw forbidden(
          "This token may name "
              + String.join(", ", terms.targets())
              + " alone, and search for none");
    }
  }

  /** How much the caller may ask for in a time. */
  public TokenLimits limits() {
    return terms.limits();
  }

  /** Whether targets have to be looked at. */
  public boolean isBounded() {
    return terms.mostTargets() != null || !terms.targets().isEmpty();
  }

  /** How many targets a job may have, of at most so many that any job may have. */
  public int mostTargets(int ofAnyJob) {
    var most = terms.mostTargets();
    return most == null ? ofAnyJob : Math.min(most, ofAnyJob);
  }

  private static ApiException missing(String scope) {
    return forbidden("This token lacks the scope " + scope);
  }

  private static ApiException forbidden(String text) {
    return new ApiException(403, Errcode.M_FORBIDDEN, text);
  }
}
