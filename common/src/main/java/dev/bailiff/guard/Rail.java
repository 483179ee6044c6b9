package dev.bailiff.guard;

/** A reason to leave a target alone. */
public enum Rail {
  OWN_ACCOUNT(
      "own-account",
      false,
      "it is the account that asks, or that Bailiff acts as",
      "Let another server admin do it"),
  LAST_ADMIN(
      "last-admin",
      false,
      "it is the last server admin",
      "Make another account a server admin first"),
  APPLICATION_SERVICE(
      "application-service", true, "it is the account of an application service", Rail.FORCE),
  SERVER_NOTICES("server-notices", true, "guard.serverNotices names it", Rail.FORCE),
  PROTECTED("protected", true, "it matches a pattern of guard.protected", Rail.FORCE);

  /** In the list of a target's waived rails: all that can be overridden. */
  public static final String FORCED = "forced";

  /** Name of the list that a job keeps beside a target: the rails that do not hold for it. */
  public static final String WAIVED = "guard";

  private static final String FORCE =
      "A job of POST /_bailiff/v1/jobs that names it with \"force\": true, by a token with the scope jobs:force, does it";

  private final String word;
  private final boolean overridable;
  private final String reason;
  private final String advice;

  Rail(String word, boolean overridable, String reason, String advice) {
    this.word = word;
    this.overridable = overridable;
    this.reason = reason;
    this.advice = advice;
  }

  /** The word in the store. */
  public String word() {
    return word;
  }

  /** Whether a job that names the target with {@code force} works it all the same. */
  public boolean isOverridable() {
    return overridable;
  }

  /** Why a target is left alone, such as {@code it is the last server admin}. */
  public String reason() {
    return reason;
  }

  /** Sentences for people: what is left alone, why, and what they can do. */
  public String text(String id) {
    return id + " is left alone: " + reason + ". " + advice + ".";
  }
}
