package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The lists of targets ({@code jobs.target_item}), which stages read. */
final class TargetItems {
  private static final String INSERT =
      """
      insert into jobs.target_item (job_id, target_n, list, item)
      select :jobId, :target, :list, i from unnest(:items) as i
      on conflict do nothing
      """;

  private static final String PAGE =
      """
      select item from jobs.target_item
       where job_id = :jobId and target_n = :target and list = :list and item > :after
       order by item limit :limit
      """;

  private static final String LISTED =
      """
      select item from jobs.target_item
       where job_id = :jobId and target_n = :target and list = :list and item = any(:items)
      """;

  /** The name of the list stands here as in the index that serves this. */
  private static final String REMOVE_SHOWN_MEDIA =
      """
      delete from jobs.target_item
       where job_id = :jobId and list = 'shown_media' and item = any(:items)
      """;

  private final Handle handle;
  private final JobId job;

  TargetItems(Handle handle, JobId job) {
    this.handle = handle;
    this.job = job;
  }

  /** Stores items of a target; items that are stored already are ignored. */
  void insert(int target, String list, List<String> items) {
    handle
        .createUpdate(INSERT)
        .bind("jobId", job.value())
        .bind("target", target)
        .bind("list", list)
        .bind("items", items.toArray(String[]::new))
        .execute();
  }

  /** Takes media out of the lists of all targets. */
  void removeShownMedia(List<String> media) {
    handle
        .createUpdate(REMOVE_SHOWN_MEDIA)
        .bind("jobId", job.value())
        .bind("items", media.toArray(String[]::new))
        .execute();
  }

  /** Items of a target behind {@code after}; the empty text comes before all items. */
  List<String> page(int target, String list, String after, int limit) {
    return handle
        .createQuery(PAGE)
        .bind("jobId", job.value())
        .bind("target", target)
        .bind("list", list)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> row.getString(1))
        .list();
  }

  /** The given items that a list of a target contains. */
  List<String> listed(int target, String list, List<String> items) {
    return handle
        .createQuery(LISTED)
        .bind("jobId", job.value())
        .bind("target", target)
        .bind("list", list)
        .bind("items", items.toArray(String[]::new))
        .map((row, context) -> row.getString(1))
        .list();
  }
}
