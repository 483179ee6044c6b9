package dev.bailiff.access;

import dev.bailiff.schemas.filter.Glob;
import dev.bailiff.schemas.filter.Network;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token may, and within which bounds.
 *
 * @param scopes null for a token of before there were scopes
 * @param targets globs of the users, rooms and media that it may name; none: any
 * @param mostTargets of one job; null: as many as any job may have
 * @param networks in CIDR notation; none: it may be used from anywhere
 * @param expiresAt null: never
 * @param limits how much it may ask for in a time
 */
public record TokenTerms(
    @Nullable Scopes scopes,
    List<String> targets,
    @Nullable Integer mostTargets,
    List<String> networks,
    @Nullable Instant expiresAt,
    TokenLimits limits) {

  /** All that there is, for ever. */
  public static final TokenTerms UNBOUNDED = of(Scopes.ALL);

  /** Terms without limits in a time. */
  public TokenTerms(
      @Nullable Scopes scopes,
      List<String> targets,
      @Nullable Integer mostTargets,
      List<String> networks,
      @Nullable Instant expiresAt) {
    this(scopes, targets, mostTargets, networks, expiresAt, TokenLimits.NONE);
  }

  public TokenTerms {
    targets = List.copyOf(targets);
    networks = List.copyOf(networks);
  }

  /** Scopes without further bounds. */
  public static TokenTerms of(Scopes scopes) {
    return new TokenTerms(scopes, List.of(), null, List.of(), null);
  }

  /** Whether the token was made before there were scopes. */
  public boolean isLegacy() {
    return scopes == null;
  }

  /** The scopes; of a legacy token all that it keeps. */
  public Scopes effectiveScopes() {
    return scopes == null ? Scopes.LEGACY : scopes;
  }

  /** Whether the token may name a user, room or medium. */
  public boolean allowsTarget(String id) {
    return targets.isEmpty()
        || targets.stream().anyMatch(glob -> new Glob(glob, false).matches(id));
  }

  /** Whether the token may be used from an address. */
  public boolean allowsAddress(String address) {
    return networks.isEmpty()
        || networks.stream()
            .flatMap(network -> Network.parse(network).stream())
            .anyMatch(network -> network.contains(address));
  }

  /** Whether a token with these terms may make one with others: that may no more than itself. */
  public boolean cover(TokenTerms others) {
    return effectiveScopes().cover(others.effectiveScopes())
        && coverList(targets, others.targets)
        && coverList(networks, others.networks)
        && (mostTargets == null
            || (others.mostTargets != null && others.mostTargets <= mostTargets))
        && limits.cover(others.limits)
        && (expiresAt == null
            || (others.expiresAt != null && !others.expiresAt.isAfter(expiresAt)));
  }

  private static boolean coverList(List<String> mine, List<String> others) {
    return mine.isEmpty() || (!others.isEmpty() && mine.containsAll(others));
  }
}
