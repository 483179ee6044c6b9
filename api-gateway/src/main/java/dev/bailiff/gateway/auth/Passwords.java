package dev.bailiff.gateway.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords in the same way as the homeservers whose accounts we take over:
 * bcrypt of the NFKC form.
 */
public final class Passwords {
  private static final int COST = 12;
  private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;

  /** The hash of no password; it makes a login without an account as slow as any other login. */
  private static final String OF_NOBODY = "$2b$12$" + "C".repeat(22) + "C".repeat(31);

  /**
   * In code points: the API's bound of a new password (admin-api 4.2). Anybody may send a password
   * to be checked, and the NFKC form of a text costs the square of its length.
   */
  private static final int LONGEST = 512;

  private Passwords() {}

  /** Whether a text is longer than a password may be. */
  public static boolean isTooLong(String password) {
    return password.codePointCount(0, password.length()) > LONGEST;
  }

  /** A hash to store, of a password that is not too long. */
  public static String hash(String password) {
    return BCrypt.with(VERSION, LongPasswordStrategies.truncate(VERSION))
        .hashToString(COST, chars(password));
  }

  /**
   * Whether this is the password. False if none is set or if this is too long for a password; that
   * answer takes as long.
   */
  public static boolean matchesInEqualTime(String password, @Nullable String hash) {
    boolean tooLong = isTooLong(password);
    var known = hash == null || tooLong ? OF_NOBODY : hash;
    var result =
        BCrypt.verifyer(VERSION, LongPasswordStrategies.truncate(VERSION))
            .verify(chars(tooLong ? "" : password), known.toCharArray());
    return hash != null && !tooLong && result.verified;
  }

  private static char[] chars(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
  }
}
