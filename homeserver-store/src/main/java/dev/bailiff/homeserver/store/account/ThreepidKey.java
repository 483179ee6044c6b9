package dev.bailiff.homeserver.store.account;

import com.ibm.icu.lang.UCharacter;
import java.util.Locale;

/** What tells third-party ids apart: medium and address. */
public record ThreepidKey(String medium, String address) {

  /** The stored form: emails in their canonical form, other addresses as they are. */
  public ThreepidKey canonical() {
    return medium.equals("email") ? new ThreepidKey(medium, canonicalEmail(address)) : this;
  }

  /**
   * Trimmed; what stands before the at sign is case-folded, so that {@code STRASSE} and {@code
   * straße} are one, and the server's name is in small letters. What has not exactly one at sign is
   * no email and is folded whole.
   */
  private static String canonicalEmail(String address) {
    var email = address.strip();
    int at = email.indexOf('@');
    return at < 0 || at != email.lastIndexOf('@')
        ? UCharacter.foldCase(email, true)
        : UCharacter.foldCase(email.substring(0, at), true)
            + email.substring(at).toLowerCase(Locale.ROOT);
  }
}
