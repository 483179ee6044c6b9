package dev.bailiff.homeserver.store.registration;

import dev.bailiff.homeserver.store.list.Patch;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Registration tokens of the own store.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one statement.
 */
public final class RegistrationTokens {

  private static final String ALL = "select * from homeserver.registration_token ";

  /** Administrators make these tokens by hand; there are few, and the API has no pages for them. */
  static final String LIST =
      ALL
          + """
          where :valid::boolean is null
            or :valid::boolean = ((expiry_at is null or expiry_at > :now)
                                  and (uses_allowed is null or uses_allowed > pending + completed))
          order by token
          """;

  static final String FIND = ALL + "where token = :token";

  static final String ADD =
      """
      insert into homeserver.registration_token (token, uses_allowed, expiry_at)
      values (:token, :usesAllowed, :expiryAt)
      on conflict do nothing
      """;

  static final String CHANGE =
      """
      update homeserver.registration_token
      set uses_allowed = case when :setsUses then :usesAllowed::bigint else uses_allowed end,
          expiry_at = case when :setsExpiry then :expiryAt::bigint else expiry_at end
      where token = :token
      returning *
      """;

  static final String DELETE = "delete from homeserver.registration_token where token = :token";

  private final Jdbi jdbi;

  public RegistrationTokens(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * All tokens, or those that are valid or invalid.
   *
   * @param valid true for tokens that can be used, false for those that cannot; null for both
   * @param now ms since the epoch
   */
  public List<RegistrationToken> list(@Nullable Boolean valid, long now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LIST)
                .bind("valid", valid)
                .bind("now", now)
                .map(ConstructorMapper.of(RegistrationToken.class))
                .list());
  }

  /** The registration token with this text; empty for an unknown one. */
  public Optional<RegistrationToken> find(String token) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("token", token)
                .map(ConstructorMapper.of(RegistrationToken.class))
                .findOne());
  }

  /** Adds a token. Returns false and changes nothing if the token exists already. */
  public boolean add(String token, @Nullable Long usesAllowed, @Nullable Long expiryAt) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(ADD)
                    .bind("token", token)
                    .bind("usesAllowed", usesAllowed)
                    .bind("expiryAt", expiryAt)
                    .execute()
                > 0);
  }

  /**
   * Changes a token; a null argument leaves its value as it is.
   *
   * @return the token after the change; empty for an unknown one
   */
  public Optional<RegistrationToken> change(
      String token, @Nullable Patch<Long> usesAllowed, @Nullable Patch<Long> expiryAt) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(CHANGE)
                .bind("token", token)
                .bind("setsUses", usesAllowed != null)
                .bind("usesAllowed", usesAllowed == null ? null : usesAllowed.value())
                .bind("setsExpiry", expiryAt != null)
                .bind("expiryAt", expiryAt == null ? null : expiryAt.value())
                .map(ConstructorMapper.of(RegistrationToken.class))
                .findOne());
  }

  /** Deletes a token; returns false if there was none. */
  public boolean delete(String token) {
    return jdbi.withHandle(
        handle -> handle.createUpdate(DELETE).bind("token", token).execute() > 0);
  }
}
