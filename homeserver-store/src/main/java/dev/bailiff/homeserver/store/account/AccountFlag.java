package dev.bailiff.homeserver.store.account;

/** A flag of an account that has an API call of its own. */
public enum AccountFlag {
  /** Admin-api 4.10. */
  ADMIN("update homeserver.account set admin = :value where user_id = :user"),
  /** Admin-api 4.26. */
  SHADOW_BANNED("update homeserver.account set shadow_banned = :value where user_id = :user"),
  /** Admin-api 5.26. */
  SUSPENDED("update homeserver.account set suspended = :value where user_id = :user");

  private final String update;

  AccountFlag(String update) {
    this.update = update;
  }

  String update() {
    return update;
  }
}
