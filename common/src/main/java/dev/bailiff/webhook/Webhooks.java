package dev.bailiff.webhook;

import dev.bailiff.database.TransactionBounds;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks, and the messages that were given up.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one transaction.
 */
public final class Webhooks {
  /** Each change of a job is written once for each webhook that asks for it. */
  public static final int MOST = 100;

  /** Up to this number messages are counted: a list must not cost more the more has failed. */
  public static final int COUNTED = 10_000;

  private static final int REPLAYED_AT_ONCE = 10_000;
  private static final Duration BOUND = Duration.ofSeconds(10);

  private static final String LIST =
      """
      select w.*,
             (select count(*) from (select from jobs.webhook_delivery d
                                     where d.webhook_id = w.webhook_id and d.failed_at is null limit :counted) as few) as waiting,
             (select count(*) from (select from jobs.webhook_delivery d
                                     where d.webhook_id = w.webhook_id and d.failed_at is not null limit :counted) as few) as failed
        from jobs.webhook w
       where w.deleted_at is null
       order by w.created_at, w.webhook_id
      """;

  /** Two calls at once could both find a place; the lock lets one wait for the other. */
  private static final String LOCK = "select pg_advisory_xact_lock(hashtext('jobs.webhook'))";

  private static final String COUNT = "select count(*) from jobs.webhook where deleted_at is null";

  private static final String INSERT =
      """
      insert into jobs.webhook (url, receiver, secret, format, events, kinds, description, made_by)
      values (:url, :receiver, :secret, 'standard', :events, :kinds, :description, :madeBy)
      returning webhook_id
      """;

  private static final String SET_OF_CONFIGURATION =
      """
      insert into jobs.webhook (url, receiver, format, events, description)
      values (:url, :receiver, 'text', :events, 'notify of the configuration')
      on conflict ((made_by is null)) where made_by is null and deleted_at is null
      do update set url = excluded.url, receiver = excluded.receiver, events = excluded.events
       where (webhook.url, webhook.events) is distinct from (excluded.url, excluded.events)
      """;

  private static final String DELETE =
      """
      update jobs.webhook set deleted_at = clock_timestamp(), secret = null, url = ''
       where webhook_id = :id and deleted_at is null
      """;

  private static final String EXISTS =
      "select exists (select from jobs.webhook where webhook_id = :id and deleted_at is null)";

  private static final String FAILED =
      """
      select delivery_id, message_id, job_id, event, happened_at, failed_at, attempts, last_error
        from jobs.webhook_delivery
       where webhook_id = :id and failed_at is not null and delivery_id > :after
       order by delivery_id
       limit :limit
      """;

  /** Of a job all are due at once; the order of their numbers decides. */
  private static final String REPLAY =
      """
      with chosen as (
        select delivery_id from jobs.webhook_delivery
         where webhook_id = :id and failed_at is not null and (:all or delivery_id = any(:numbers))
         order by delivery_id limit :most for update),
      replayed as (
        update jobs.webhook_delivery d
           set failed_at = null, attempts = 0, due_at = clock_timestamp(), begun_at = clock_timestamp()
          from chosen c where d.delivery_id = c.delivery_id
        returning d.delivery_id),
      awake as (
        update jobs.webhook set rests_until = null, failures_in_a_row = 0
         where webhook_id = :id and exists (select from replayed))
      select count(*) from replayed
      """;

  private final Jdbi jdbi;

  public Webhooks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** All webhooks, oldest first. */
  public List<Webhook> list() {
    return in(
        handle ->
            handle
                .createQuery(LIST)
                .bind("counted", COUNTED)
                .map((row, context) -> webhook(row))
                .list());
  }

  /**
   * Stores a webhook.
   *
   * @return its id; empty if there are {@link #MOST} already
   */
  public Optional<UUID> add(NewWebhook webhook) {
    return in(
        handle -> {
          handle.execute(LOCK);
          if (handle.createQuery(COUNT).mapTo(Integer.class).one() >= MOST) {
            return Optional.<UUID>empty();
          }
          return Optional.of(
              handle
                  .createQuery(INSERT)
                  .bind("url", webhook.address().uri().toString())
                  .bind("receiver", webhook.address().receiver())
                  .bind("secret", webhook.secret().text())
                  .bindArray("events", String.class, webhook.events())
                  .bindArray("kinds", String.class, webhook.kinds())
                  .bind("description", webhook.description())
                  .bind("madeBy", webhook.madeBy())
                  .mapTo(UUID.class)
                  .one());
        });
  }

  /** Makes the webhook of the configuration what the configuration says. */
  public void setOfConfiguration(NotifyConfig notify) {
    in(
        handle ->
            handle
                .createUpdate(SET_OF_CONFIGURATION)
                .bind("url", notify.address().uri().toString())
                .bind("receiver", notify.address().receiver())
                .bindArray("events", String.class, notify.events())
                .execute());
  }

  /**
   * Deletes a webhook, its address and its secret. Nothing is delivered any more; a duty deletes
   * its messages.
   *
   * @return whether there was one
   */
  public boolean delete(UUID id) {
    return in(handle -> handle.createUpdate(DELETE).bind("id", id).execute()) == 1;
  }

  /** Whether there is such a webhook. */
  public boolean exists(UUID id) {
    return in(handle -> handle.createQuery(EXISTS).bind("id", id).mapTo(Boolean.class).one());
  }

  /**
   * Messages that were given up, oldest first.
   *
   * @param after number of the last one of the page before; 0 for the first page
   */
  public List<FailedDelivery> failed(UUID id, long after, int limit) {
    return in(
        handle ->
            handle
                .createQuery(FAILED)
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> failedDelivery(row))
                .list());
  }

  /**
   * Has messages that were given up delivered once more, with the same ids.
   *
   * @param numbers of these; null: of all, at most 10,000 at once
   * @return how many
   */
  public int replay(UUID id, @Nullable List<Long> numbers) {
    return in(
        handle ->
            handle
                .createQuery(REPLAY)
                .bind("id", id)
                .bind("all", numbers == null)
                .bindArray("numbers", Long.class, numbers == null ? List.of() : numbers)
                .bind("most", REPLAYED_AT_ONCE)
                .mapTo(Integer.class)
                .one());
  }

  private <T> T in(HandleCallback<T, RuntimeException> work) {
    return jdbi.inTransaction(
        handle -> {
          TransactionBounds.of(BOUND).set(handle);
          return work.withHandle(handle);
        });
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    return new Webhook(
        row.getObject("webhook_id", UUID.class),
        row.getString("receiver"),
        texts(row.getArray("events")),
        texts(row.getArray("kinds")),
        row.getString("description"),
        Optional.ofNullable(row.getString("made_by")),
        Objects.requireNonNull(time(row, "created_at")),
        Optional.ofNullable(time(row, "delivered_at")),
        Optional.ofNullable(row.getString("last_error")),
        row.getInt("waiting"),
        row.getInt("failed"));
  }

  private static FailedDelivery failedDelivery(ResultSet row) throws SQLException {
    return new FailedDelivery(
        row.getLong("delivery_id"),
        MessageId.of(row.getObject("message_id", UUID.class)),
        row.getObject("job_id", UUID.class),
        row.getString("event"),
        Objects.requireNonNull(time(row, "happened_at")),
        Objects.requireNonNull(time(row, "failed_at")),
        row.getInt("attempts"),
        Objects.requireNonNullElse(row.getString("last_error"), ""));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }
}
