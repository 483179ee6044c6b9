package dev.bailiff.gateway.admin.user;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.homeserver.store.account.Accounts;
import java.util.regex.Pattern;

/**
 * The names that a new user may have (admin-api 1.8, 4.31). No name is reserved for application
 * services, as none are configured here.
 */
public final class NewUserIds {
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9._=/+-]*");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int LONGEST_USER_ID = 255;

  private final Accounts accounts;
  private final LocalServer localServer;

  public NewUserIds(Accounts accounts, LocalServer localServer) {
    this.accounts = accounts;
    this.localServer = localServer;
  }

  /** Checks a localpart: 400 {@code M_INVALID_USERNAME} or {@code M_USER_IN_USE}. */
  public void requireFree(String localpart) {
    if (!ALLOWED.matcher(localpart).matches()) {
      throw invalid("A user name may hold a-z, 0-9, '.', '_', '=', '-', '/' and '+' only");
    }
    if (localpart.isEmpty()) {
      throw invalid("A user name cannot be empty");
    }
    if (localpart.startsWith("_")) {
      throw invalid("A user name may not begin with '_'");
    }
    var userId = "@" + localpart + ":" + localServer.serverName().orElse("");
    if (BodyKeys.length(userId) > LONGEST_USER_ID) {
      throw invalid("A user id may not be longer than " + LONGEST_USER_ID + " characters");
    }
    if (accounts.existsIgnoringCase(userId)) {
      throw ApiException.bad(Errcode.M_USER_IN_USE, "User ID already taken.");
    }
    if (DIGITS.matcher(localpart).matches()) {
      throw invalid("Numeric user names are reserved for guests");
    }
  }

  private static ApiException invalid(String text) {
    return ApiException.bad(Errcode.M_INVALID_USERNAME, text);
  }
}
