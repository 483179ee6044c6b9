package dev.bailiff.job.store;

import dev.bailiff.job.ApprovalTerms;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.TargetType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code jobs.approval}: the policy for one job, and who approved it. Read and written
 * under the lock of the job's row.
 *
 * @param countStage the stage that counts first
 * @param nextStage the stage with which the work begins
 * @param plans how often an approval was asked for
 * @param approvedBy who approved the newest plan; null while nobody has
 * @param startsLater whether the job is to begin at a time that has not come yet
 */
record ApprovalRow(
    ApprovalTerms terms,
    TargetType targetType,
    String countStage,
    String nextStage,
    int plans,
    @Nullable String approvedBy,
    boolean startsLater) {

  private static final String INSERT =
      """
      insert into jobs.approval (job_id, asked_by, always, most_accounts, most_targets, most_members, target_type,
                                 expiry_millis, count_stage, next_stage)
      values (:job, :askedBy, :always, :mostAccounts, :mostTargets, :mostMembers, :targetType,
              :expiryMillis, :countStage, :nextStage)
      """;

  private static final String FIND =
      """
      select a.*, j.run_at is not null and j.run_at > clock_timestamp() as starts_later
        from jobs.approval a join jobs.job j on j.job_id = a.job_id
       where a.job_id = :job
      """;

  /** Reads no more of a job's targets than decide. */
  private static final String ACCOUNTS =
      """
      select count(*)
        from (select from jobs.target where job_id = :job and target like '@%' limit :most) account
      """;

  /** A row of a job whose targets are known, or are to be found by a filter. */
  static ApprovalRow of(ApprovalTerms terms, TargetType type, String nextStage) {
    boolean weighs = type == TargetType.ROOM && terms.mostMembers() != null;
    return new ApprovalRow(
        terms, type, weighs ? KindContract.WEIGH : KindContract.COUNT, nextStage, 0, null, false);
  }

  static Optional<ApprovalRow> find(Handle handle, UUID job) {
    return handle
        .createQuery(FIND)
        .bind("job", job)
        .map((row, context) -> ApprovalRow.of(row))
        .findOne();
  }

  private static ApprovalRow of(ResultSet row) throws SQLException {
    return new ApprovalRow(
        new ApprovalTerms(
            row.getString("always"),
            row.getObject("most_accounts", Integer.class),
            row.getObject("most_targets", Integer.class),
            row.getObject("most_members", Integer.class),
            List.of((String[]) row.getArray("asked_by").getArray()),
            Duration.ofMillis(row.getLong("expiry_millis")),
            true),
        TargetType.valueOf(row.getString("target_type")),
        row.getString("count_stage"),
        row.getString("next_stage"),
        row.getInt("plans"),
        row.getString("approved_by"),
        row.getBoolean("starts_later"));
  }

  void insert(Handle handle, UUID job) {
    handle
        .createUpdate(INSERT)
        .bind("job", job)
        .bindArray("askedBy", String.class, terms.askedBy())
        .bind("always", terms.always())
        .bindByType("mostAccounts", terms.mostAccounts(), Integer.class)
        .bindByType("mostTargets", terms.mostTargets(), Integer.class)
        .bindByType("mostMembers", terms.mostMembers(), Integer.class)
        .bind("targetType", targetType.name())
        .bind("expiryMillis", terms.expiry().toMillis())
        .bind("countStage", countStage)
        .bind("nextStage", nextStage)
        .execute();
  }

  /**
   * Why a job of so many targets needs an approval; null if it needs none, as far as its largest
   * room is known.
   */
  @Nullable String why(Handle handle, UUID job, int targets, long largestRoom) {
    return terms.why(targets, accounts(handle, job, targets), largestRoom);
  }

  /** The first stage that counts; null if a job of so many targets goes on without. */
  @Nullable String firstStage(Handle handle, UUID job, int targets) {
    boolean weighs = countStage.equals(KindContract.WEIGH);
    return weighs || why(handle, job, targets, 0) != null ? countStage : null;
  }

  private long accounts(Handle handle, UUID job, int targets) {
    var most = terms.mostAccounts();
    if (targetType != TargetType.MEDIA || most == null || targets <= most) {
      return targetType == TargetType.USER ? targets : 0;
    }
    return handle
        .createQuery(ACCOUNTS)
        .bind("job", job)
        .bind("most", targets)
        .mapTo(Long.class)
        .one();
  }
}
