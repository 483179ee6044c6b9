package dev.bailiff.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sets of scopes that are often wanted, by a name. */
public enum ScopePreset {
  /** Sees all but messages, connections and account data. */
  VIEWER(
      Scopes.of(
          Scope.JOBS_READ,
          Scope.USERS_READ,
          Scope.ROOMS_READ,
          Scope.MEDIA_READ,
          Scope.REPORTS_READ,
          Scope.SERVER_READ)),
  /** Does the daily work. */
  MODERATOR(
      Scopes.of(
          Scope.JOBS_READ,
          Scope.JOBS_SUBMIT,
          Scope.JOBS_CONTROL,
          Scope.USERS_READ,
          Scope.USERS_WRITE,
          Scope.ROOMS_READ,
          Scope.ROOMS_WRITE,
          Scope.MEDIA_READ,
          Scope.MEDIA_WRITE,
          Scope.REPORTS_READ,
          Scope.REPORTS_WRITE,
          Scope.CONTENT_READ,
          Scope.SERVER_READ)),
  /** Sees what a viewer sees, and approves jobs of others. */
  APPROVER(
      Scopes.of(
          Scope.JOBS_READ,
          Scope.JOBS_APPROVE,
          Scope.USERS_READ,
          Scope.ROOMS_READ,
          Scope.MEDIA_READ,
          Scope.REPORTS_READ,
          Scope.SERVER_READ)),
  /** Submits jobs and follows them. */
  BOT(Scopes.of(Scope.JOBS_READ, Scope.JOBS_SUBMIT));

  private final Scopes scopes;

  ScopePreset(Scopes scopes) {
    this.scopes = scopes;
  }

  public Scopes scopes() {
    return scopes;
  }

  /** The preset with this name. */
  public static Optional<ScopePreset> of(String name) {
    return Arrays.stream(values()).filter(preset -> preset.word().equals(name)).findFirst();
  }

  /** The names, for people. */
  public static String words() {
    return Arrays.stream(values()).map(ScopePreset::word).collect(Collectors.joining(", "));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
