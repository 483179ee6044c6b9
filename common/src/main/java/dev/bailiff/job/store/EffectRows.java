package dev.bailiff.job.store;

import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the audit about the effects of batches: one for each batch and target, with the ids
 * of the items. All batches of a transaction share one statement, which commits with the
 * checkpoints. Who asked for a job is told by the row of the call that made it.
 */
final class EffectRows {
  private static final String INSERT =
      """
      insert into access.audit (what, whom, job, items, result)
      select e.what, left(coalesce(e.whom, t.target), 500), e.job_id, nullif(e.items::text[], '{}'), e.result
        from unnest(:whats::text[], :whoms::text[], :jobs::uuid[], :targets::int[], :items::text[], :results::text[])
               as e (what, whom, job_id, target_n, items, result)
        left join jobs.target t on e.whom is null and t.job_id = e.job_id and t.target_n = e.target_n
      """;

  private record Row(UUID job, String what, Effect effect) {
    @Nullable String whom() {
      return effect.whom();
    }

    /** The literal of an array of texts. */
    String items() {
      return effect.items().stream()
          .map(item -> '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  private final List<Row> rows = new ArrayList<>();

  void add(Lease lease, BatchRecord batch) {
    var job = lease.key().job().value();
    batch.effects().all().forEach(one -> rows.add(new Row(job, batch.effects().what(), one)));
  }

  void write(Handle handle) {
    if (rows.isEmpty()) {
      return;
    }
    handle
        .createUpdate(INSERT)
        .bind("whats", Column.of(rows, Row::what, String[]::new))
        .bind("whoms", rows.stream().map(Row::whom).toArray(String[]::new))
        .bind("jobs", Column.of(rows, Row::job, UUID[]::new))
        .bind("targets", Column.of(rows, row -> row.effect().target(), Integer[]::new))
        .bind("items", Column.of(rows, Row::items, String[]::new))
        .bind("results", Column.of(rows, row -> row.effect().result(), String[]::new))
        .execute();
    rows.clear();
  }
}
