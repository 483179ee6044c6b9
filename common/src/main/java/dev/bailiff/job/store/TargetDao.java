package dev.bailiff.job.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** {@code jobs.target}, {@code jobs.target_item} and the entries of a job's reply. */
interface TargetDao {

  /**
   * Stores some of a job's targets.
   *
   * @param first number of the first target
   */
  @SqlUpdate(
      """
      insert into jobs.target (job_id, target_n, target)
      select :jobId, :first + t.n - 1, t.target from unnest(:targets) with ordinality as t (target, n)
      """)
  void insert(
      @Bind("jobId") UUID jobId, @Bind("first") int first, @Bind("targets") String[] targets);

  /** Stores items of a target; items that are stored already are ignored. */
  @SqlUpdate(
      """
      insert into jobs.target_item (job_id, target_n, list, item)
      select :jobId, :target, :list, i from unnest(:items) as i
      on conflict do nothing
      """)
  void insertItems(
      @Bind("jobId") UUID jobId,
      @Bind("target") int target,
      @Bind("list") String list,
      @Bind("items") String[] items);

  /** Items of a target behind {@code after}; the empty text comes before all items. */
  @SqlQuery(
      """
      select item from jobs.target_item
       where job_id = :jobId and target_n = :target and list = :list and item > :after
       order by item limit :limit
      """)
  List<String> items(
      @Bind("jobId") UUID jobId,
      @Bind("target") int target,
      @Bind("list") String list,
      @Bind("after") String after,
      @Bind("limit") int limit);

  /** The given items that a list of a target contains. */
  @SqlQuery(
      """
      select item from jobs.target_item
       where job_id = :jobId and target_n = :target and list = :list and item = any(:items)
      """)
  List<String> listed(
      @Bind("jobId") UUID jobId,
      @Bind("target") int target,
      @Bind("list") String list,
      @Bind("items") String[] items);

  @SqlQuery("select facts ->> :key from jobs.target where job_id = :jobId and target_n = :target")
  Optional<String> fact(
      @Bind("jobId") UUID jobId, @Bind("target") int target, @Bind("key") String key);

  @SqlUpdate(
      """
      update jobs.target t
         set failed = true, error_status = f.status, error_code = f.code, error_text = f.text
        from unnest(:targets, :statuses, :codes, :texts) as f (target_n, status, code, text)
       where t.job_id = :jobId and t.target_n = f.target_n and not t.failed
      """)
  void fail(
      @Bind("jobId") UUID jobId,
      @Bind("targets") Integer[] targets,
      @Bind("statuses") Integer[] statuses,
      @Bind("codes") String[] codes,
      @Bind("texts") String[] texts);

  @SqlUpdate(
      """
      update jobs.target t
         set facts = t.facts || f.facts
        from (select target_n, jsonb_object_agg(key, value) as facts
                from unnest(:targets, :keys, :values) as v (target_n, key, value)
               group by target_n) f
       where t.job_id = :jobId and t.target_n = f.target_n
      """)
  void addFacts(
      @Bind("jobId") UUID jobId,
      @Bind("targets") Integer[] targets,
      @Bind("keys") String[] keys,
      @Bind("values") String[] values);

  @SqlUpdate(
      """
      update jobs.target t
         set verdict = case when v.left_over = '' then 'gone' else 'left-over' end,
             left_over = case when v.left_over = '' then '{}' else string_to_array(v.left_over, E'\\n') end
        from unnest(:targets, :leftOver) as v (target_n, left_over)
       where t.job_id = :jobId and t.target_n = v.target_n
      """)
  void storeVerdicts(
      @Bind("jobId") UUID jobId,
      @Bind("targets") Integer[] targets,
      @Bind("leftOver") String[] leftOver);

  @SqlUpdate(
      """
      insert into jobs.reply_item (job_id, target_n, list, item)
      select :jobId, i.target_n, i.list, i.item from unnest(:targets, :lists, :items) as i (target_n, list, item)
      on conflict do nothing
      """)
  void addReplyItems(
      @Bind("jobId") UUID jobId,
      @Bind("targets") Integer[] targets,
      @Bind("lists") String[] lists,
      @Bind("items") String[] items);

  @SqlUpdate(
      """
      insert into jobs.failure (job_id, stage_n, segment_n, target_n, item, code, text, attempt)
      select :jobId, :stage, :segment, f.target_n, f.item, f.code, f.text, :attempt
        from unnest(:targets, :items, :codes, :texts) as f (target_n, item, code, text)
      """)
  void addFailures(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("attempt") int attempt,
      @Bind("targets") Integer[] targets,
      @Bind("items") String[] items,
      @Bind("codes") String[] codes,
      @Bind("texts") String[] texts);
}
