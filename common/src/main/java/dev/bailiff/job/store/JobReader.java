package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.JobView.StageView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The status of jobs whose ids are known, as of now. */
public final class JobReader {
  /** The job, repeated for each of its few stages. */
  private static final String FIND =
      "select "
          + JobViewRow.COLUMNS
          + ", "
          + StageViewRow.COLUMNS
          + " from jobs.job j left join jobs.stage t on t.job_id = j.job_id "
          + StageViewRow.OPEN_SEGMENTS
          + " where j.job_id = :id and j.discarded_at is null order by t.stage_n";

  private static final String FIND_ALL =
      "select "
          + JobViewRow.COLUMNS
          + " from jobs.job j where j.job_id = any(:ids) and j.discarded_at is null";

  private final Jdbi jdbi;

  JobReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A job with its stages. One statement reads both, as clients ask again and again. */
  public Optional<JobView> find(JobId id) {
    var jobs = new ArrayList<JobView>(1);
    var stages = new ArrayList<StageView>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("id", id.value())
                .map(
                    (row, context) -> {
                      if (jobs.isEmpty()) {
                        jobs.add(JobViewRow.read(row));
                      }
                      if (row.getString("name") != null) {
                        stages.add(StageViewRow.read(row));
                      }
                      return id;
                    })
                .list());
    return jobs.stream().findFirst().map(job -> job.withStages(stages));
  }

  /** The jobs with these ids that exist, with their stages, in no order. */
  public List<JobView> findAll(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    if (ids.size() == 1) {
      // PostgreSQL plans a statement with an array anew each time, which costs more than the read.
      return find(ids.iterator().next()).stream().toList();
    }
    var array = ids.stream().map(JobId::value).toArray(UUID[]::new);
    return jdbi.withHandle(
        handle -> {
          var jobs =
              handle
                  .createQuery(FIND_ALL)
                  .bind("ids", array)
                  .map((row, context) -> JobViewRow.read(row))
                  .list();
          return StageViewRow.addTo(handle, jobs);
        });
  }
}
