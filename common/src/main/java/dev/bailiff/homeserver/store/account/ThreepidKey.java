package dev.bailiff.homeserver.store.account;

import java.util.Locale;

/** What tells third-party ids apart: medium and address. */
public record ThreepidKey(String medium, String address) {

  /** The stored form: emails trimmed and case-folded, other addresses as they are. */
  public ThreepidKey canonical() {
    return medium.equals("email")
        ? new ThreepidKey(medium, address.strip().toLowerCase(Locale.ROOT))
        : this;
  }
}
