package dev.bailiff.job.store;

import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.LeftOut;
import dev.bailiff.job.JobId;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run counted, written batch by batch inside the transaction that moves the checkpoint
 * on, so that each target is counted once, whatever dies.
 */
final class PlannedNumbers {

  /** A number that is not known stays so: null and anything are null. */
  private static final String ADD =
      """
      insert into jobs.plan_number (job_id, name, value)
      select :jobId, n.name, n.value from unnest(:names::text[], :values::bigint[]) as n (name, value)
      on conflict (job_id, name) do update
         set value = case when excluded.name = 'largest_room' and excluded.value > plan_number.value then excluded.value
                          when excluded.name = 'largest_room' and excluded.value is not null then plan_number.value
                          else plan_number.value + excluded.value end
      """;

  private static final String LEAVE_OUT =
      """
      insert into jobs.left_out (job_id, target_n, reason)
      select :jobId, o.target_n, o.reason
        from unnest(:targets::integer[], :reasons::text[]) as o (target_n, reason)
      on conflict do nothing
      """;

  private final Handle handle;
  private final JobId job;

  PlannedNumbers(Handle handle, JobId job) {
    this.handle = handle;
    this.job = job;
  }

  void add(Counted counted) {
    if (counted.targets() == 0) {
      return;
    }
    List<String> names = new ArrayList<>(counted.numbers().known().keySet());
    List<@Nullable Long> values = new ArrayList<>(counted.numbers().known().values());
    for (var name : counted.numbers().unknown()) {
      names.add(name);
      values.add(null);
    }
    if (!names.isEmpty()) {
      handle
          .createUpdate(ADD)
          .bind("jobId", job.value())
          .bind("names", names.toArray(String[]::new))
          .bind("values", values.toArray(Long[]::new))
          .execute();
    }
    var leftOut = counted.leftOut();
    if (!leftOut.isEmpty()) {
      handle
          .createUpdate(LEAVE_OUT)
          .bind("jobId", job.value())
          .bind("targets", Column.of(leftOut, LeftOut::target, Integer[]::new))
          .bind("reasons", Column.of(leftOut, LeftOut::reason, String[]::new))
          .execute();
    }
  }
}
