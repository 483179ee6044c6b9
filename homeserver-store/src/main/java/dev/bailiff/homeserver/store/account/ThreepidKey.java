package dev.bailiff.homeserver.store.account;

import com.ibm.icu.lang.UCharacter;
import java.util.Locale;

/** The key of a third-party id: its medium and its address. */
public record ThreepidKey(String medium, String address) {

  /** The stored form: emails in their canonical form, other addresses as they are. */
  public ThreepidKey canonical() {
    return medium.equals("email") ? new ThreepidKey(medium, canonicalEmail(address)) : this;
  }

  /**
   * Trims the email. The part before the at sign is case-folded, so that {@code STRASSE} and {@code
   * straße} are equal; the part from the at sign on is put into lower case. A text without exactly
   * one at sign is no email and is case-folded as a whole.
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
