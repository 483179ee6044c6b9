package dev.bailiff.gateway.auth;

/** Whom a call is for. */
public enum Audience {
  /** Server admins: every call that says nothing else. */
  ADMINS,
  /** Server admins, and of the others the user whom the path names. */
  ADMINS_AND_SELF,
  /** Whoever has a token, guests too. */
  USERS,
  /** Likewise but for guests; also with a token that has run out or of a locked account. */
  LEAVING_USERS,
  /** Whoever has no token, or one that is good or was; also of a locked account. */
  ANYBODY,
  /** Everybody; a token that is sent along is not looked at. */
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

  /** Whether the admin flag is asked for. */
  boolean isOfAdmins() {
    return this == ADMINS || this == ADMINS_AND_SELF;
  }
}
