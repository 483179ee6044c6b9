package dev.bailiff.access;

import java.util.Arrays;
import java.util.Optional;

/** What a token may be allowed to do. */
public enum Scope {
  JOBS_READ("jobs:read"),
  /** Of one kind, {@code jobs:submit:delete-rooms}, or of all, {@code jobs:submit:*}. */
  JOBS_SUBMIT("jobs:submit"),
  JOBS_CONTROL("jobs:control"),
  JOBS_APPROVE("jobs:approve"),
  JOBS_FORCE("jobs:force"),
  USERS_READ("users:read"),
  USERS_WRITE("users:write"),
  ROOMS_READ("rooms:read"),
  ROOMS_WRITE("rooms:write"),
  MEDIA_READ("media:read"),
  MEDIA_WRITE("media:write"),
  REPORTS_READ("reports:read"),
  REPORTS_WRITE("reports:write"),
  /** Messages, account data, connections. */
  CONTENT_READ("content:read"),
  REGISTRATION_WRITE("registration:write"),
  /** Workers, statistics, federation, tasks. */
  SERVER_READ("server:read"),
  WEBHOOKS_ADMIN("webhooks:admin"),
  AUDIT_READ("audit:read"),
  AUDIT_ARCHIVE("audit:archive"),
  TOKENS_ADMIN("tokens:admin");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** The word of the API; that of {@link #JOBS_SUBMIT} lacks the kind. */
  public String word() {
    return word;
  }

  /** The scope with this word. */
  static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
  }
}
