package dev.bailiff.job.store;

import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.Lease;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Stores the results of a batch for the job's targets: they become the job's reply. */
final class BatchResults {
  private static final String ADD_FAILURES =
      """
      insert into jobs.failure (job_id, stage_n, segment_n, target_n, item, code, text, attempt)
      select :jobId, :stage, :segment, f.target_n, f.item, f.code, f.text, :attempt
        from unnest(:targets, :items, :codes, :texts) as f (target_n, item, code, text)
      """;

  private static final String FAIL =
      """
      update jobs.target t
         set failed = true, error_status = f.status, error_code = f.code, error_text = f.text
        from unnest(:targets, :statuses, :codes, :texts) as f (target_n, status, code, text)
       where t.job_id = :jobId and t.target_n = f.target_n and not t.failed
      """;

  /**
   * Asks the job to stop once as many items have failed as its client allows. The error stays with
   * the job, which ends as failed.
   */
  private static final String STOP_IF_TOO_MANY_FAILED =
      """
      update jobs.job j
         set cancel_requested_at = clock_timestamp(), error_status = 500, error_code = 'M_UNKNOWN',
             error_text = 'stopped after ' || j.stop_after_failures || ' failed item'
               || case when j.stop_after_failures = 1 then '' else 's' end
       where j.job_id = :jobId and j.stop_after_failures is not null
         and j.cancel_requested_at is null and j.finalized_at is null
         and (select count(*) from (select from jobs.failure f
                                     where f.job_id = j.job_id limit j.stop_after_failures) f) >= j.stop_after_failures
      """;

  private static final String ADD_FACTS =
      """
      update jobs.target t
         set facts = t.facts || f.facts
        from (select target_n, jsonb_object_agg(key, value) as facts
                from unnest(:targets, :keys, :values) as v (target_n, key, value)
               group by target_n) f
       where t.job_id = :jobId and t.target_n = f.target_n
      """;

  private static final String ADD_REPLY_ITEMS =
      """
      insert into jobs.reply_item (job_id, target_n, list, item)
      select :jobId, i.target_n, i.list, i.item from unnest(:targets, :lists, :items) as i (target_n, list, item)
      on conflict do nothing
      """;

  private static final String STORE_VERDICTS =
      """
      update jobs.target t
         set verdict = v.verdict,
             left_over = case when v.left_over = '' then '{}' else string_to_array(v.left_over, E'\\n') end
        from unnest(:targets, :verdicts, :leftOver) as v (target_n, verdict, left_over)
       where t.job_id = :jobId and t.target_n = v.target_n
      """;

  private final Handle handle;
  private final Lease lease;
  private final UUID job;

  BatchResults(Handle handle, Lease lease) {
    this.handle = handle;
    this.lease = lease;
    this.job = lease.key().job().value();
  }

  void store(BatchRecord batch) {
    if (!batch.failures().isEmpty()) {
      addFailures(batch.failures());
      fail(batch.failures().stream().filter(failure -> failure.targetError() != null).toList());
      update(STOP_IF_TOO_MANY_FAILED).execute();
    }
    if (!batch.facts().isEmpty()) {
      addFacts(batch.facts());
    }
    if (!batch.listEntries().isEmpty()) {
      addReplyItems(batch.listEntries());
    }
    new FoundTargets(handle, lease.key().job()).store(batch.finds());
    new PlannedNumbers(handle, lease.key().job()).add(batch.counted());
    if (!batch.verdicts().isEmpty()) {
      storeVerdicts(batch.verdicts());
    }
  }

  private void addFailures(List<BatchRecord.FailedItem> failures) {
    update(ADD_FAILURES)
        .bind("stage", lease.key().stage())
        .bind("segment", lease.key().segment())
        .bind("attempt", lease.attempt())
        .bind("targets", numbers(failures, BatchRecord.FailedItem::target))
        .bind("items", texts(failures, BatchRecord.FailedItem::item))
        .bind("codes", texts(failures, BatchRecord.FailedItem::code))
        .bind("texts", texts(failures, BatchRecord.FailedItem::text))
        .execute();
  }

  /** Fails targets; a target that has failed before keeps its error. */
  private void fail(List<BatchRecord.FailedItem> lost) {
    if (lost.isEmpty()) {
      return;
    }
    update(FAIL)
        .bind("targets", numbers(lost, BatchRecord.FailedItem::target))
        .bind("statuses", numbers(lost, BatchResults::status))
        .bind("codes", texts(lost, BatchRecord.FailedItem::code))
        .bind("texts", texts(lost, BatchRecord.FailedItem::text))
        .execute();
  }

  private static int status(BatchRecord.FailedItem failure) {
    var error = failure.targetError();
    return error == null ? 500 : error.status();
  }

  private void addFacts(List<Fact> facts) {
    update(ADD_FACTS)
        .bind("targets", numbers(facts, Fact::target))
        .bind("keys", texts(facts, Fact::key))
        .bind("values", texts(facts, Fact::value))
        .execute();
  }

  private void addReplyItems(List<ListEntry> entries) {
    update(ADD_REPLY_ITEMS)
        .bind("targets", numbers(entries, ListEntry::target))
        .bind("lists", texts(entries, ListEntry::list))
        .bind("items", texts(entries, ListEntry::item))
        .execute();
  }

  private void storeVerdicts(List<Verdict> verdicts) {
    update(STORE_VERDICTS)
        .bind("targets", numbers(verdicts, Verdict::target))
        .bind("verdicts", texts(verdicts, verdict -> verdict.word().text()))
        .bind("leftOver", texts(verdicts, verdict -> String.join("\n", verdict.leftOver())))
        .execute();
  }

  private Update update(String sql) {
    return handle.createUpdate(sql).bind("jobId", job);
  }

  private static <T> Integer[] numbers(List<T> values, Function<T, Integer> part) {
    return Column.of(values, part, Integer[]::new);
  }

  private static <T> String[] texts(List<T> values, Function<T, String> part) {
    return Column.of(values, part, String[]::new);
  }
}
