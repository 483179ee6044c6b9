package dev.bailiff.gateway.auth;

/** The callers that a call is for. */
public enum Audience {
  /** Server admins; the default of every call. */
  ADMINS,
  /** Server admins, and the user whom the path names. */
  ADMINS_AND_SELF,
  /** Every user with a token, guests too. */
  USERS,
  /** Every user with a token, except guests; also with an expired token or a locked account. */
  LEAVING_USERS,
  /**
   * Callers without a token, and every user with a valid or expired token; also of a locked
   * account.
   */
  ANYBODY,
  /** Everybody; a token that is sent along is ignored. */
  EVERYBODY;

  boolean admitsGuests() {
    return this == USERS || this == ANYBODY;
  }

  boolean admitsLocked() {
    return this == LEAVING_USERS || this == ANYBODY;
  }

  boolean admitsExpired() {
    return this == LEAVING_USERS || this == ANYBODY;
  }

  /** Whether the admin flag is checked. */
  boolean isOfAdmins() {
    return this == ADMINS || this == ADMINS_AND_SELF;
  }
}
