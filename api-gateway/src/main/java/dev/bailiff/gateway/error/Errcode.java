package dev.bailiff.gateway.error;

/** The Matrix error codes that the gateway itself chooses. Jobs keep theirs as text. */
public enum Errcode {
  M_BAD_JSON,
  M_BAD_STATE,
  M_EXCLUSIVE,
  M_FORBIDDEN,
  M_GUEST_ACCESS_FORBIDDEN,
  M_INVALID_PARAM,
  M_INVALID_USERNAME,
  M_LIMIT_EXCEEDED,
  M_MISSING_PARAM,
  M_MISSING_TOKEN,
  M_NOT_FOUND,
  M_NOT_JSON,
  M_TOO_LARGE,
  M_UNKNOWN,
  M_UNKNOWN_TOKEN,
  M_UNRECOGNIZED,
  M_USER_DEACTIVATED,
  M_USER_IN_USE,
  M_USER_LOCKED,
  M_USER_SUSPENDED
}
