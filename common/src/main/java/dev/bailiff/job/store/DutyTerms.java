package dev.bailiff.job.store;

import dev.bailiff.webhook.DeliveryQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The row that names the leader of the duties, the end of its term, and the number of the term
 * (decision 0036). All times are of the database's clock.
 *
 * <p><b>Why a leader that stood still does no harm:</b> the process that finds the row expired
 * takes it with the next term, and {@link #renew} of the old leader is refused from then on. Duties
 * that the old leader still does before the refusal are harmless, as every duty is safe in any
 * number of processes at once.
 *
 * <p><b>Concurrency:</b> for one thread. While it is used often, it keeps its connection: a pool
 * tests each connection that rested for half a second, and each test is a transaction.
 */
public final class DutyTerms implements AutoCloseable {

  /** How long a leader may be silent before it is replaced. */
  public static final Duration TERM = Duration.ofSeconds(4);

  /** A renewal writes, so the row is renewed only once in about a second. */
  private static final Duration RENEWED_BELOW = Duration.ofSeconds(3);

  /** Pause between two looks at the row by any of the workers that are cut off from Kafka. */
  private static final Duration TURN = Duration.ofSeconds(10);

  /** No turn is further ahead: the turns before it may belong to workers that are gone. */
  private static final Duration LAST_TURN = Duration.ofMinutes(10);

  private static final String LOOK =
      """
      with taken as (
        update jobs.duty_term
           set term = term + 1, owner = :owner, expires_at = clock_timestamp() + :termMillis * interval '1 millisecond'
         where expires_at <= clock_timestamp()
            or expires_at > clock_timestamp() + :termMillis * interval '1 millisecond'
        returning term)
      select (select term from taken) as term,
             ceil(extract(epoch from expires_at - clock_timestamp()) * 1000)::bigint as millis_left
        from jobs.duty_term
      """;

  private static final String RENEW =
      """
      with renewed as (
        update jobs.duty_term set expires_at = clock_timestamp() + :termMillis * interval '1 millisecond'
         where term = :term and owner = :owner
           and (expires_at < clock_timestamp() + :renewedBelowMillis * interval '1 millisecond'
                or expires_at > clock_timestamp() + :termMillis * interval '1 millisecond'))
      select exists (%s) as commands,
             exists (select from jobs.transition where sent_at is null) as transitions,
             exists (select %s) as webhooks,
             case when :all then exists (%s) else false end as leases,
             case when :all then exists (%s) or exists (%s) or exists (%s) else false end as settling
        from jobs.duty_term
       where term = :term and owner = :owner
      """
          .formatted(
              "select " + DueSegments.FROM + " union all select from jobs.queue",
              DeliveryQueue.FROM_DUE,
              "select " + ExpiredLeases.FROM,
              "select " + UnsettledJobs.FROM_CANCELLING,
              "select " + UnsettledJobs.FROM_ADRIFT,
              "select " + UnsettledJobs.FROM_EXPIRED);

  private static final String RELEASE =
      "update jobs.duty_term set expires_at = clock_timestamp() where term = :term and owner = :owner";

  private static final String TAKE_TURN =
      """
      update jobs.duty_term
         set next_look_at = least(greatest(next_look_at, clock_timestamp()) + :turn * interval '1 millisecond',
                                  clock_timestamp() + :last * interval '1 millisecond')
      returning ceil(extract(epoch from next_look_at - clock_timestamp()) * 1000)::bigint
      """;

  private final Jdbi jdbi;
  private final LeaseConfig config;
  private final String owner;
  private @Nullable Handle open;

  /**
   * @param owner names this process; unique among workers
   */
  public DutyTerms(Jdbi jdbi, LeaseConfig config, String owner) {
    this.jdbi = jdbi;
    this.config = config;
    this.owner = owner;
  }

  /**
   * The result of a look at the row.
   *
   * @param term number of this process's term, if it leads now; empty if another process leads
   * @param left how long the other process's term lasts unless it is renewed
   */
  public record Look(OptionalLong term, Duration left) {}

  /**
   * The work that waits to be done.
   *
   * @param webhooks messages for receivers are due
   * @param leases some leases ran out; false if this was not asked
   * @param settling jobs wait to be settled; false if this was not asked
   */
  public record Due(
      boolean commands, boolean transitions, boolean webhooks, boolean leases, boolean settling) {}

  /**
   * Takes the row if its term is over. An end further ahead than a whole term counts as over, too:
   * only a clock that has been put back since can explain it.
   */
  public Look look() {
    return ask(
        handle ->
            handle
                .createQuery(LOOK)
                .bind("owner", owner)
                .bind("termMillis", TERM.toMillis())
                .map(
                    (rs, ctx) -> {
                      long term = rs.getLong("term");
                      return rs.wasNull()
                          ? new Look(OptionalLong.empty(), left(rs.getLong("millis_left")))
                          : new Look(OptionalLong.of(term), Duration.ZERO);
                    })
                .one());
  }

  private static Duration left(long millis) {
    return Duration.ofMillis(Math.max(0, Math.min(millis, TERM.toMillis())));
  }

  /**
   * Goes on leading and reports the work that waits, in one statement and transaction.
   *
   * @param all whether to ask for leases and settling, too
   * @return empty if this process does not lead any more
   */
  public Optional<Due> renew(long term, boolean all) {
    return ask(
        handle ->
            handle
                .createQuery(RENEW)
                .bind("term", term)
                .bind("owner", owner)
                .bind("termMillis", TERM.toMillis())
                .bind("renewedBelowMillis", RENEWED_BELOW.toMillis())
                .bind("leaseMillis", config.lease().toMillis())
                .bind("all", all)
                .map(
                    (rs, ctx) ->
                        new Due(
                            rs.getBoolean("commands"),
                            rs.getBoolean("transitions"),
                            rs.getBoolean("webhooks"),
                            rs.getBoolean("leases"),
                            rs.getBoolean("settling")))
                .findOne());
  }

  /** Ends the term, so that another process can lead at once. */
  public void release(long term) {
    ask(handle -> handle.createUpdate(RELEASE).bind("term", term).bind("owner", owner).execute());
  }

  /**
   * Takes the next free turn to look at the row, for a worker that cannot learn from Kafka whether
   * it should look. Turns are ten seconds apart, however many workers take them.
   *
   * @return the time until the turn
   */
  public Duration takeTurn() {
    long millis =
        ask(
            handle ->
                handle
                    .createQuery(TAKE_TURN)
                    .bind("turn", TURN.toMillis())
                    .bind("last", LAST_TURN.toMillis())
                    .mapTo(Long.class)
                    .one());
    return Duration.ofMillis(Math.max(0, millis));
  }

  private <T> T ask(HandleCallback<T, RuntimeException> question) {
    var handle = open == null ? jdbi.open() : open;
    open = handle;
    try {
      return question.withHandle(handle);
    } catch (RuntimeException e) {
      close(); // The connection may be dead; the next question gets another one.
      throw e;
    }
  }

  /** Gives the connection back until it is needed again. */
  @Override
  public void close() {
    var handle = open;
    open = null;
    if (handle != null) {
      handle.close();
    }
  }
}
