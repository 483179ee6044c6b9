package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.admin.session.CallerSession;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.Passwords;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.store.account.Account;
import dev.bailiff.homeserver.store.account.AccountChange;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.ExternalIdInUseException;
import dev.bailiff.homeserver.store.account.ThreepidKey;
import dev.bailiff.homeserver.store.identity.BoundThreepid;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.identity.Unbinding;
import dev.bailiff.homeserver.store.list.Patch;
import dev.bailiff.homeserver.store.membership.ProfilePropagation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates or modifies a user (admin-api 4.2): the checks that depend on whether the user is known,
 * then one change, all or nothing.
 */
public final class UserUpsert {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_AVATAR = 1000;
  private static final Set<String> MEDIA = Set.of("email", "msisdn");

  private final Accounts accounts;
  private final NewUserIds newUserIds;
  private final IdentityServers identityServers;
  private final ProfilePropagation profiles;
  private final Rules rules;
  private final Guard guard;

  /**
   * The configured rules.
   *
   * @param types types that a user may have
   * @param passwords whether passwords are in use here
   * @param creates whether this server creates accounts; false where login is delegated
   */
  public record Rules(Set<String> types, boolean passwords, boolean creates) {}

  public UserUpsert(
      Accounts accounts,
      NewUserIds newUserIds,
      IdentityServers identityServers,
      ProfilePropagation profiles,
      Rules rules,
      Guard guard) {
    this.guard = guard;
    this.accounts = accounts;
    this.newUserIds = newUserIds;
    this.identityServers = identityServers;
    this.profiles = profiles;
    this.rules = rules;
  }

  /** Types that a user may have. */
  Set<String> types() {
    return rules.types();
  }

  /** Returns whether the user was created. Deactivation is not done here, as it is a job. */
  boolean save(UserBody body, Optional<Account> known, Caller caller) {
    if (known.isEmpty()) {
      if (!rules.creates()) {
        throw new ApiException(
            403, Errcode.M_FORBIDDEN, "Accounts are made by whom login is delegated to");
      }
      return accounts.save(creation(body));
    }
    var change = modification(body, known.get(), caller);
    unbindDropped(known.get(), body.threepids());
    boolean created =
        takesAdmin(body, known.get())
            ? saveInTurn(change, body, caller)
            : save(change, body, caller);
    // Even if the profile did not change: a call that died before this line is repeated with the
    // same profile.
    if (change.displayname() != null || change.avatarUrl() != null) {
      profiles.spread(body.user().value());
    }
    return created;
  }

  /** Whether the account is a server admin, and none any more, or locked, afterwards. */
  private static boolean takesAdmin(UserBody body, Account known) {
    return known.admin()
        && (Boolean.FALSE.equals(body.admin()) || Boolean.TRUE.equals(body.locked()));
  }

  private boolean saveInTurn(AccountChange change, UserBody body, Caller caller) {
    return guard.inAdminTurn(
        () -> {
          guard.requireOtherAdmin(caller, body.user().value());
          return save(change, body, caller);
        });
  }

  private boolean save(AccountChange change, UserBody body, Caller caller) {
    return accounts.save(change, CallerSession.of(caller, body.user().value()));
  }

  /**
   * Unbinds the addresses that the account loses. This happens before anything is saved, as the
   * account must stay as it is when an identity server fails. It happens after all checks, as bad
   * input must reach no other server. Unbinding twice does no harm.
   */
  private void unbindDropped(Account known, @Nullable List<ThreepidKey> wanted) {
    if (wanted == null) {
      return;
    }
    var dropped =
        known.threepids().stream()
            .filter(held -> !wanted.contains(new ThreepidKey(held.medium(), held.address())))
            .map(held -> new BoundThreepid(known.userId(), held.medium(), held.address()))
            .toList();
    if (!dropped.isEmpty() && identityServers.unbind(dropped).contains(Unbinding.FAILED)) {
      throw new ApiException(500, Errcode.M_UNKNOWN, "Failed to remove threepid from ID server");
    }
  }

  private AccountChange modification(UserBody body, Account known, Caller caller) {
    var displayname = displayname(body.displayname());
    checkThreepids(body.threepids());
    checkExternalIds(body);
    var avatarUrl = avatarUrl(body.avatarUrl());
    boolean demotes = known.admin() && Boolean.FALSE.equals(body.admin());
    if (demotes && caller.is(body.user().value())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "You may not demote yourself.");
    }
    if (body.password() != null && !rules.passwords()) {
      throw new ApiException(403, Errcode.M_FORBIDDEN, "Password change disabled");
    }
    boolean closes = body.deactivates() && !known.deactivated();
    boolean locks = Boolean.TRUE.equals(body.locked()) && !known.locked();
    if (closes || locks) {
      guard.require(caller, body.user().value());
    }
    if (takesAdmin(body, known)) {
      guard.requireOtherAdmin(caller, body.user().value());
    }
    return new AccountChange(
        body.user().value(),
        displayname,
        body.threepids(),
        body.externalIds(),
        avatarUrl,
        body.admin(),
        hash(body.password()),
        body.logoutDevices(),
        body.deactivates() ? null : body.deactivated(),
        body.locked(),
        body.userType());
  }

  private AccountChange creation(UserBody body) {
    newUserIds.requireFree(body.user().localpart());
    var name = body.displayname();
    var displayname =
        name == null || name.isNull()
            ? new Patch<>(body.user().localpart())
            : displaynameAsGiven(name);
    checkThreepids(body.threepids());
    checkExternalIds(body);
    var avatar = body.avatarUrl();
    return new AccountChange(
        body.user().value(),
        displayname,
        body.threepids(),
        body.externalIds(),
        avatar != null && avatar.isTextual() ? avatarUrl(avatar) : null,
        body.admin(),
        hash(body.password()),
        body.logoutDevices(),
        null,
        null,
        body.userType());
  }

  /**
   * Checks the ids in the order of the specification; the transaction that stores them checks
   * again.
   */
  private void checkExternalIds(UserBody body) {
    var ids = body.externalIds();
    if (ids != null && !ids.isEmpty() && accounts.othersHave(body.user().value(), ids)) {
      throw new ExternalIdInUseException();
    }
  }

  /**
   * The name of a known user. White space around it is removed after the length check; an empty
   * name removes the stored one.
   */
  private static @Nullable Patch<String> displayname(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    var name = displaynameAsGiven(value).value();
    return new Patch<>(name == null ? null : name.strip());
  }

  private static Patch<String> displaynameAsGiven(JsonNode value) {
    return new Patch<>(emptyIsNull(limited(value, "displayname", LONGEST_NAME)));
  }

  private static @Nullable Patch<String> avatarUrl(@Nullable JsonNode value) {
    return value == null
        ? null
        : new Patch<>(emptyIsNull(limited(value, "avatar_url", LONGEST_AVATAR)));
  }

  private static String limited(JsonNode value, String key, int longest) {
    if (!value.isTextual()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'" + key + "' must be a string");
    }
    if (BodyKeys.length(value.textValue()) > longest) {
      throw ApiException.bad(
          Errcode.M_UNKNOWN, "'" + key + "' is longer than " + longest + " characters");
    }
    return StorableText.require(value.textValue());
  }

  private static @Nullable String emptyIsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static void checkThreepids(@Nullable List<ThreepidKey> threepids) {
    if (threepids == null) {
      return;
    }
    for (ThreepidKey threepid : threepids) {
      if (!MEDIA.contains(threepid.medium())) {
        throw ApiException.bad(Errcode.M_INVALID_PARAM, "'medium' must be email or msisdn");
      }
      if (threepid.medium().equals("email") && !isEmail(threepid.address())) {
        throw ApiException.bad(Errcode.M_UNKNOWN, "'address' is no email address");
      }
    }
  }

  private static boolean isEmail(String address) {
    return address.chars().filter(c -> c == '@').count() == 1;
  }

  private static @Nullable String hash(@Nullable String password) {
    return password == null ? null : Passwords.hash(password);
  }
}
