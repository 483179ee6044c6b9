package dev.bailiff.homeserver.store.account;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Rate limits of single users (admin-api 4.28 to 4.30). Thread-safe. */
public final class RateLimitOverrides {

  /** A null in the store counts as 0. */
  static final String FIND =
      """
      select coalesce(messages_per_second, 0) as messages_per_second,
             coalesce(burst_count, 0) as burst_count
      from homeserver.ratelimit_override
      where user_id = :user
      """;

  static final String SET =
      """
      insert into homeserver.ratelimit_override (user_id, messages_per_second, burst_count)
      values (:user, :messagesPerSecond, :burstCount)
      on conflict (user_id) do update
      set messages_per_second = excluded.messages_per_second, burst_count = excluded.burst_count
      """;

  static final String REMOVE = "delete from homeserver.ratelimit_override where user_id = :user";

  private final Jdbi jdbi;

  public RateLimitOverrides(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The limit of a user, if one is set. */
  public Optional<RateLimitOverride> find(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("user", user)
                .map(ConstructorMapper.of(RateLimitOverride.class))
                .findOne());
  }

  /** Sets both values of a user's limit. */
  public void set(String user, RateLimitOverride limit) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(SET)
                .bind("user", user)
                .bind("messagesPerSecond", limit.messagesPerSecond())
                .bind("burstCount", limit.burstCount())
                .execute());
  }

  /** Removes the limit of a user, so that the usual limits apply again. */
  public void remove(String user) {
    jdbi.useHandle(handle -> handle.createUpdate(REMOVE).bind("user", user).execute());
  }
}
