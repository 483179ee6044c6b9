package dev.bailiff.job.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.WorkerView;
import dev.bailiff.job.WorkerView.HeldSegment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The workers, for people (decision 0071). No lease and no duty depends on it: a row that is
 * missing or old makes nothing wrong. All times are of the database's clock.
 */
public final class WorkerRegister {
  private static final String ENTER =
      """
      insert into jobs.worker (worker, release, slots, started_at, seen_at, items_per_second)
      values (:worker, :release, cast(:slots as jsonb),
              statement_timestamp() - :upMillis * interval '1 millisecond', statement_timestamp(), :rate)
      on conflict (worker) do update
         set release = excluded.release, slots = excluded.slots, started_at = excluded.started_at,
             seen_at = excluded.seen_at, items_per_second = excluded.items_per_second
      """;

  private static final String WORKED =
      "update jobs.worker set items_per_second = :rate, seen_at = clock_timestamp() where worker = :worker";

  /** Rows of workers that died go after a day: until then an operator may look for them. */
  private static final String SEEN =
      """
      with dead as (
        delete from jobs.worker
         where seen_at < clock_timestamp() - interval '1 day' and worker <> all(:workers))
      update jobs.worker set seen_at = clock_timestamp() where worker = any(:workers)
      """;

  private static final String LEAVE = "delete from jobs.worker where worker = :worker";

  private static final String LIST =
      """
      select w.worker, w.release, w.slots::text as slots, w.started_at, w.seen_at, w.items_per_second,
             exists (select from jobs.duty_term d
                      where d.owner = w.worker and d.expires_at > clock_timestamp()) as leads
        from jobs.worker w
       where w.worker > :after
       order by w.worker limit :limit
      """;

  /** By the index of leased segments, which has as many rows as there are slots. */
  private static final String HELD =
      """
      select s.lease_owner, s.job_id, j.kind, t.name, s.segment_n, s.lease_expires_at
        from jobs.segment s
        join jobs.job j on j.job_id = s.job_id
        join jobs.stage t on t.job_id = s.job_id and t.stage_n = s.stage_n
       where s.status = 'leased' and s.lease_owner = any(:workers)
       order by s.job_id, s.stage_n, s.segment_n
      """;

  private final Jdbi jdbi;

  WorkerRegister(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What a worker says of itself.
   *
   * @param release null if it was not packaged
   * @param slots by kind, and {@code express}
   */
  public record Entry(String name, @Nullable String release, Map<String, Integer> slots) {}

  /** Writes the row of a worker that has been up for a time. */
  public void enter(Entry worker, Duration up, double rate) {
    var slots = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(worker.slots()).forEach(slots::put);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ENTER)
                .bind("worker", worker.name())
                .bind("release", worker.release())
                .bind("slots", slots.toString())
                .bind("upMillis", up.toMillis())
                .bind("rate", rate)
                .execute());
  }

  /**
   * Notes how fast a worker works.
   *
   * @return false if its row is gone
   */
  public boolean worked(String worker, double rate) {
    return jdbi.withHandle(
            handle ->
                handle.createUpdate(WORKED).bind("worker", worker).bind("rate", rate).execute())
        == 1;
  }

  /** Notes that these workers are there, and forgets those that nobody saw for a day. */
  public void seen(Collection<String> workers) {
    jdbi.useHandle(
        handle ->
            handle.createUpdate(SEEN).bind("workers", workers.toArray(String[]::new)).execute());
  }

  /** Deletes the row of a worker that ends. */
  public void leave(String worker) {
    jdbi.useHandle(handle -> handle.createUpdate(LEAVE).bind("worker", worker).execute());
  }

  /** Workers by name, behind {@code after} (empty text at the start), with what they work on. */
  public List<WorkerView> list(String after, int limit) {
    return jdbi.withHandle(
        handle -> {
          var workers =
              handle
                  .createQuery(LIST)
                  .bind("after", after)
                  .bind("limit", limit)
                  .map((row, context) -> read(row))
                  .list();
          var held = held(handle, workers.stream().map(WorkerView::name).toList());
          return workers.stream()
              .map(worker -> with(worker, held.getOrDefault(worker.name(), List.of())))
              .toList();
        });
  }

  private static Map<String, List<HeldSegment>> held(Handle handle, List<String> workers) {
    var held = new HashMap<String, List<HeldSegment>>();
    handle
        .createQuery(HELD)
        .bind("workers", workers.toArray(String[]::new))
        .map(
            (row, context) ->
                held.computeIfAbsent(row.getString("lease_owner"), owner -> new ArrayList<>())
                    .add(segment(row)))
        .list();
    return held;
  }

  private static HeldSegment segment(ResultSet row) throws SQLException {
    return new HeldSegment(
        new JobId(row.getObject("job_id", UUID.class)),
        new JobKind(row.getString("kind")),
        row.getString("name"),
        row.getInt("segment_n"),
        StoredTime.read(row, "lease_expires_at"));
  }

  private static WorkerView read(ResultSet row) throws SQLException {
    var slots = new LinkedHashMap<String, Integer>();
    StoredJson.tree(row.getString("slots"))
        .properties()
        .forEach(slot -> slots.put(slot.getKey(), slot.getValue().asInt()));
    return new WorkerView(
        row.getString("worker"),
        row.getString("release"),
        slots,
        StoredTime.read(row, "started_at"),
        StoredTime.read(row, "seen_at"),
        row.getDouble("items_per_second"),
        row.getBoolean("leads"),
        List.of());
  }

  private static WorkerView with(WorkerView worker, List<HeldSegment> segments) {
    return new WorkerView(
        worker.name(),
        worker.release(),
        worker.slots(),
        worker.startedAt(),
        worker.seenAt(),
        worker.rate(),
        worker.leads(),
        segments);
  }
}
