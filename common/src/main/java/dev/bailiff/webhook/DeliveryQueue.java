package dev.bailiff.webhook;

import dev.bailiff.database.TransactionBounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * The messages that are still to be delivered. The trigger of {@code jobs.transition} writes them
 * in the transaction of a job's change, so there is one for each change that was committed, and
 * none for another.
 *
 * <p><b>Order:</b> of the messages of a job only the first one is handed out, until it is delivered
 * or given up. Changes of a job are made under the job's row lock, so their numbers are in order.
 *
 * <p><b>Why a crash does no harm:</b> a message is handed out with a lease that ends a little after
 * the longest attempt. If its owner dies, the lease runs out and the message is handed out again. A
 * message that arrived just before the crash arrives twice, with the same id.
 *
 * <p><b>Bounds:</b> of one receiver at most {@link #PER_RECEIVER} messages are under way in all
 * processes together, and after a failure the webhook rests. So a receiver that hangs holds few
 * threads, and those seldom.
 */
public final class DeliveryQueue {
  /** Longer than the longest attempt. Another process waits as long if an owner dies. */
  public static final Duration LEASE = Duration.ofSeconds(14);

  /** Messages for one receiver that are under way at a time. */
  public static final int PER_RECEIVER = 2;

  /** How long a message is tried. */
  public static final Duration TRIED = Duration.ofHours(24);

  /** How long messages that were given up are kept. */
  static final Duration KEPT = Duration.ofDays(30);

  /** The first rest is 1 s, and each failure in a row doubles it up to this time. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  /**
   * No wait between two attempts is longer, so a later due time means a clock that was put back.
   */
  static final Duration LONGEST_WAIT = Duration.ofHours(2);

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final int PAGE = 10_000;

  /** A lease that ends later than any taken now was taken before the clock was put back. */
  private static final String FREE =
      """
      (d.lease_until is null or d.lease_until <= statement_timestamp()
       or d.lease_until > statement_timestamp() + interval '%d seconds')
      """
          .formatted(LEASE.toSeconds());

  private static final String AWAKE =
      """
      w.deleted_at is null
      and (w.rests_until is null or w.rests_until <= statement_timestamp()
           or w.rests_until > statement_timestamp() + interval '%d seconds')
      """
          .formatted(LONGEST_REST.toSeconds());

  /**
   * Whether anything is due, for the round of the leader; the {@code from} of a select. The inner
   * query is a value, and not an {@code exists}, for which the planner might read the whole table.
   */
  public static final String FROM_DUE =
      """
      from jobs.webhook w
      where %s
        and (select d.delivery_id from jobs.webhook_delivery d
              where d.webhook_id = w.webhook_id and d.failed_at is null
                and d.due_at <= statement_timestamp() and %s
              order by d.due_at, d.delivery_id limit 1) is not null
      """
          .formatted(AWAKE, FREE);

  static final String TAKE =
      """
      with busy as (
        select w.receiver, count(*) as n
          from jobs.webhook_delivery d join jobs.webhook w on w.webhook_id = d.webhook_id
         where d.lease_until > statement_timestamp()
           and d.lease_until <= statement_timestamp() + interval '%1$d seconds'
         group by w.receiver),
      heads as (
        select first.delivery_id,
               coalesce(b.n, 0) + row_number() over (partition by w.receiver order by first.due_at, first.delivery_id) as place
          from jobs.webhook w
          left join busy b on b.receiver = w.receiver
         cross join lateral (
               select d.delivery_id, d.due_at from jobs.webhook_delivery d
                where d.webhook_id = w.webhook_id and d.failed_at is null and d.due_at <= statement_timestamp()
                  and %2$s
                  and d.delivery_id = (
                        select e.delivery_id from jobs.webhook_delivery e
                         where e.webhook_id = d.webhook_id and e.job_id = d.job_id and e.failed_at is null
                         order by e.delivery_id limit 1)
                order by d.due_at, d.delivery_id
                limit %3$d) as first
         where %4$s),
      chosen as (select delivery_id from heads where place <= %3$d order by place, delivery_id limit :most)
      update jobs.webhook_delivery d
         set lease_owner = :owner, lease_until = clock_timestamp() + interval '%1$d seconds', attempts = d.attempts + 1
        from chosen c, jobs.webhook w
       where d.delivery_id = c.delivery_id and w.webhook_id = d.webhook_id and d.failed_at is null and %2$s
      returning d.delivery_id, d.message_id, d.job_id, d.event, d.happened_at, d.attempts, w.url, w.secret, w.format
      """
          .formatted(LEASE.toSeconds(), FREE, PER_RECEIVER, AWAKE);

  /** What arrived is delivered, whoever has the lease by now. */
  private static final String DELIVERED =
      """
      with gone as (delete from jobs.webhook_delivery where delivery_id = :number returning webhook_id)
      update jobs.webhook w
         set failures_in_a_row = 0, rests_until = null, last_error = null, delivered_at = clock_timestamp()
        from gone g where w.webhook_id = g.webhook_id
      """;

  /** The messages behind it wait as long, so that none of them is looked at in vain. */
  private static final String FAILED =
      """
      with failed as (
        update jobs.webhook_delivery
           set lease_owner = null, lease_until = null, last_error = :error,
               due_at = clock_timestamp() + :waitMillis * interval '1 millisecond',
               failed_at = case when begun_at <= clock_timestamp() - interval '%d seconds' then clock_timestamp() end
         where delivery_id = :number and lease_owner = :owner and attempts = :attempt and failed_at is null
        returning *),
      behind as (
        update jobs.webhook_delivery d set due_at = f.due_at
          from failed f
         where f.failed_at is null and d.webhook_id = f.webhook_id and d.job_id = f.job_id and d.failed_at is null
           and d.delivery_id > f.delivery_id)
      update jobs.webhook w
         set failures_in_a_row = w.failures_in_a_row + 1, last_error = :error,
             rests_until = clock_timestamp() + least(%d, power(2, least(w.failures_in_a_row, 20))) * interval '1 second'
        from failed f where w.webhook_id = f.webhook_id
      """
          .formatted(TRIED.toSeconds(), LONGEST_REST.toSeconds());

  private static final String FACTS =
      "select kind, target_count, requester, reason from jobs.job where job_id = :job";

  private static final String ANY = "select exists (select from jobs.webhook)";

  /** A receiver that rests all day is never tried, and its messages still end. */
  private static final String GIVE_UP =
      """
      update jobs.webhook_delivery
         set failed_at = clock_timestamp(), lease_owner = null, lease_until = null,
             last_error = coalesce(last_error, 'the receiver did not answer, and the message had no turn')
       where delivery_id = any(array(
               select d.delivery_id from jobs.webhook_delivery d
                where d.failed_at is null and d.begun_at < statement_timestamp() - interval '%d seconds' and %s
                order by d.begun_at limit %d))
      """
          .formatted(TRIED.toSeconds(), FREE, PAGE);

  private static final String MAKE_FAR_DUE =
      """
      update jobs.webhook_delivery d set due_at = clock_timestamp()
        from jobs.webhook w
       where d.webhook_id = w.webhook_id and d.failed_at is null
         and d.due_at > statement_timestamp() + interval '%d seconds'
      """
          .formatted(LONGEST_WAIT.toSeconds());

  private static final String FORGET_FAILED =
      """
      delete from jobs.webhook_delivery
       where delivery_id = any(array(
               select delivery_id from jobs.webhook_delivery
                where failed_at is not null and failed_at < statement_timestamp() - interval '%d seconds'
                order by failed_at limit %d))
      """
          .formatted(KEPT.toSeconds(), PAGE);

  private static final String EMPTY_DELETED =
      """
      delete from jobs.webhook_delivery
       where ctid = any(array(
               select d.ctid from jobs.webhook w join jobs.webhook_delivery d on d.webhook_id = w.webhook_id
                where w.deleted_at is not null limit %d))
      """
          .formatted(PAGE);

  private static final String DROP_DELETED =
      """
      delete from jobs.webhook w
       where w.deleted_at is not null
         and not exists (select from jobs.webhook_delivery d where d.webhook_id = w.webhook_id)
      """;

  private final Jdbi jdbi;
  private final String owner;

  /**
   * @param owner names this process; unique among workers
   */
  public DeliveryQueue(Jdbi jdbi, String owner) {
    this.jdbi = jdbi;
    this.owner = owner;
  }

  /** Takes messages that are due, at most {@code most}, fairly among receivers. */
  public List<TakenDelivery> take(int most) {
    return in(
        handle ->
            handle
                .createQuery(TAKE)
                .bind("owner", owner)
                .bind("most", most)
                .map((row, context) -> taken(row))
                .list());
  }

  /** Notes that a message arrived. */
  public void delivered(TakenDelivery delivery) {
    in(handle -> handle.createUpdate(DELIVERED).bind("number", delivery.number()).execute());
  }

  /**
   * Notes that an attempt failed. The message is tried again after the wait, or given up.
   *
   * @param error for people; it has no part of the address but its host
   */
  public void failed(TakenDelivery delivery, String error, Duration wait) {
    in(
        handle ->
            handle
                .createUpdate(FAILED)
                .bind("number", delivery.number())
                .bind("owner", owner)
                .bind("attempt", delivery.attempt())
                .bind("error", error)
                .bind("waitMillis", wait.toMillis())
                .execute());
  }

  /** What a sentence says of a job; empty if the job was pruned. */
  public Optional<JobFacts> facts(UUID job) {
    return in(
        handle ->
            handle
                .createQuery(FACTS)
                .bind("job", job)
                .map(
                    (row, context) ->
                        new JobFacts(
                            row.getString("kind"),
                            row.getInt("target_count"),
                            row.getString("requester"),
                            row.getString("reason")))
                .findOne());
  }

  /**
   * Gives up messages that were tried for too long, and deletes what nobody needs any more.
   *
   * @return whether there may be more to do
   */
  public boolean prune() {
    boolean any = jdbi.withHandle(handle -> handle.createQuery(ANY).mapTo(Boolean.class).one());
    if (!any) {
      return false;
    }
    boolean more = update(GIVE_UP) == PAGE;
    update(MAKE_FAR_DUE);
    more |= update(FORGET_FAILED) == PAGE;
    more |= update(EMPTY_DELETED) == PAGE;
    if (!more) {
      update(DROP_DELETED);
    }
    return more;
  }

  private int update(String sql) {
    return in(handle -> handle.createUpdate(sql).execute());
  }

  private <T> T in(HandleCallback<T, RuntimeException> work) {
    return jdbi.inTransaction(
        handle -> {
          TransactionBounds.of(BOUND).set(handle);
          return work.withHandle(handle);
        });
  }

  private static TakenDelivery taken(ResultSet row) throws SQLException {
    var secret = row.getString("secret");
    return new TakenDelivery(
        row.getLong("delivery_id"),
        MessageId.of(row.getObject("message_id", UUID.class)),
        row.getObject("job_id", UUID.class),
        row.getString("event"),
        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"),
        WebhookAddress.parse(row.getString("url")),
        secret == null ? null : SigningSecret.parse(secret).orElseThrow(),
        "text".equals(Objects.requireNonNull(row.getString("format"))));
  }
}
