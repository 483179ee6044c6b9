package dev.bailiff.access;

import dev.bailiff.database.AdvisoryLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts what tokens with limits ask for, in the database, so that all gateways together keep a
 * limit. Times are the database's.
 *
 * <p>A use is counted before the job is stored, and taken back if no job was. Whoever dies in
 * between has counted one too many, never one too few.
 *
 * <p>The uses of one token take turns. They are counted in slots of ten seconds, so that a day has
 * a bounded number of rows; within a limit's time the oldest slot counts as a whole. So no minute
 * has more jobs than the limit, and a job may be refused up to ten seconds too long.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class TokenUses {

  /** Other uses of the token wait for the end of the transaction; its other calls do not. */
  private static final String LOCK = AdvisoryLock.TOKEN_USES.takeOne(":id");

  private static final String SUMS =
      """
      select t.token_sha256, clock_timestamp() as now,
             coalesce(sum(u.jobs) filter (where u.slot > clock_timestamp() - interval '70 seconds'), 0) as jobs,
             min(u.slot) filter (where u.slot > clock_timestamp() - interval '70 seconds' and u.jobs > 0) as first_of_minute,
             coalesce(sum(u.targets), 0) as targets
        from access.operator_token t
        left join access.token_use u
               on u.token_sha256 = t.token_sha256
              and u.slot > clock_timestamp() - interval '1 day 10 seconds'
       where left(encode(t.token_sha256, 'hex'), 16) = :id
       group by t.token_sha256
      """;

  /** The end of the slot with which enough targets are no longer counted. */
  private static final String ROOM_AGAIN =
      """
      select min(slot)
        from (select slot, sum(targets) over (order by slot) as past
                from access.token_use
               where token_sha256 = :sha256 and slot > clock_timestamp() - interval '1 day 10 seconds') s
       where past >= :excess
      """;

  private static final String PRUNE =
      "delete from access.token_use where token_sha256 = :sha256 and slot < clock_timestamp() - interval '25 hours'";

  private static final String ADD =
      """
      insert into access.token_use (token_sha256, slot, jobs, targets)
      values (:sha256, date_bin('10 seconds', clock_timestamp(), timestamptz 'epoch'), 1, :targets)
      on conflict (token_sha256, slot) do update
         set jobs = access.token_use.jobs + 1, targets = access.token_use.targets + excluded.targets
      returning slot
      """;

  private static final String TAKE_BACK =
      """
      update access.token_use
         set jobs = greatest(jobs - 1, 0), targets = greatest(targets - :targets, 0)
       where token_sha256 = (select token_sha256 from access.operator_token
                              where left(encode(token_sha256, 'hex'), 16) = :id)
         and slot = :slot
      """;

  private static final Duration MINUTE = Duration.ofSeconds(70);
  private static final Duration DAY = Duration.ofDays(1).plusSeconds(10);

  private final Jdbi jdbi;

  public TokenUses(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** What became of a use. */
  public sealed interface Use {}

  /**
   * It is counted.
   *
   * @param slot in which it is
   */
  public record Counted(String tokenId, Instant slot, long targets) implements Use {}

  /**
   * It is beyond a limit, and not counted.
   *
   * @param text which limit, for people
   * @param after when there may be room again
   */
  public record TooMuch(String text, Duration after) implements Use {}

  private record Sums(
      byte[] sha256, Instant now, long jobs, Optional<Instant> first, long targets) {
    static Sums of(ResultSet rs) throws SQLException {
      return new Sums(
          rs.getBytes("token_sha256"),
          rs.getObject("now", OffsetDateTime.class).toInstant(),
          rs.getLong("jobs"),
          Optional.ofNullable(rs.getObject("first_of_minute", OffsetDateTime.class))
              .map(OffsetDateTime::toInstant),
          rs.getLong("targets"));
    }
  }

  /**
   * Counts a job, if the limits allow it.
   *
   * @param tokenId the first 16 hexadecimal digits of the token's digest
   * @param targets of the job
   */
  public Use count(String tokenId, TokenLimits limits, long targets) {
    return jdbi.inTransaction(
        handle -> {
          handle.createQuery(LOCK).bind("id", tokenId).map((rs, ctx) -> true).list();
          var sums =
              handle.createQuery(SUMS).bind("id", tokenId).map((rs, ctx) -> Sums.of(rs)).findOne();
          // A token that was revoked meanwhile is refused from its next call on.
          return sums.isEmpty()
              ? new Counted(tokenId, Instant.EPOCH, targets)
              : count(handle, tokenId, limits, targets, sums.get());
        });
  }

  private static Use count(
      Handle handle, String tokenId, TokenLimits limits, long targets, Sums sums) {
    var jobs = limits.jobsAMinute();
    if (jobs != null && sums.jobs() >= jobs) {
      return new TooMuch(
          "This token may submit " + jobs + " jobs a minute",
          until(sums.now(), sums.first().map(slot -> slot.plus(MINUTE))));
    }
    var most = limits.targetsADay();
    if (most != null && sums.targets() + targets > most) {
      return new TooMuch(
          "This token may name %d targets a day, and %d are left"
              .formatted(most, Math.max(0, most - sums.targets())),
          until(sums.now(), roomAgain(handle, sums, sums.targets() + targets - most)));
    }
    handle.createUpdate(PRUNE).bind("sha256", sums.sha256()).execute();
    var slot =
        handle
            .createQuery(ADD)
            .bind("sha256", sums.sha256())
            .bind("targets", targets)
            .map((rs, ctx) -> rs.getObject(1, OffsetDateTime.class).toInstant())
            .one();
    return new Counted(tokenId, slot, targets);
  }

  private static Optional<Instant> roomAgain(Handle handle, Sums sums, long excess) {
    return handle
        .createQuery(ROOM_AGAIN)
        .bind("sha256", sums.sha256())
        .bind("excess", excess)
        .map((rs, ctx) -> Optional.ofNullable(rs.getObject(1, OffsetDateTime.class)))
        .one()
        .map(slot -> slot.toInstant().plus(DAY));
  }

  /** At least a second; a day if more is asked for than a day can have. */
  private static Duration until(Instant now, Optional<Instant> time) {
    var wait = time.map(at -> Duration.between(now, at)).orElse(DAY);
    return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
  }

  /** Takes a use back of which no job came. */
  public void takeBack(Counted use) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(TAKE_BACK)
                .bind("id", use.tokenId())
                .bind("slot", use.slot().atOffset(ZoneOffset.UTC))
                .bind("targets", use.targets())
                .execute());
  }
}
