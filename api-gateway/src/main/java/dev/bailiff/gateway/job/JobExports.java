package dev.bailiff.gateway.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.gateway.job.export.Column;
import dev.bailiff.gateway.job.export.ExportedList;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView.FailureView;
import dev.bailiff.job.JobView.TargetView;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.job.store.JobReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The lists of one job that can be had whole. */
record JobExports(JobReader jobs, JobPartReader parts) {
  private static final List<Column<FailureView>> OF_FAILURES =
      List.of(
          new Column<>("item", FailureView::item),
          new Column<>("errcode", FailureView::code),
          new Column<>("error", FailureView::text),
          new Column<>("stage", failure -> Integer.toString(failure.stage())),
          new Column<>("segment", failure -> Integer.toString(failure.segment())),
          new Column<>("attempt", failure -> Integer.toString(failure.attempt())),
          new Column<>("failed_at", failure -> failure.failedAt().toString()));

  /** The first column has the name by which a submission finds the targets in a file. */
  private static final List<Column<TargetView>> OF_TARGETS =
      List.of(
          new Column<>("target", TargetView::target),
          new Column<>("verdict", TargetView::verdict),
          new Column<>("left_over", target -> String.join(", ", target.leftOver())),
          new Column<>("failed", target -> Boolean.toString(target.failed())),
          new Column<>("errcode", JobExports::errcode),
          new Column<>("error", JobExports::error),
          new Column<>("facts", target -> facts(target.facts())));

  ExportedList<FailureView> failures(JobId job) {
    return new ExportedList<>(
        "failures-" + job,
        OF_FAILURES,
        JobReplies::failure,
        last -> parts.failures(job, last == null ? 0 : last.id(), ExportedList.PAGE),
        () -> jobs.find(job).isPresent());
  }

  /**
   * The targets of a job.
   *
   * @param verdict null for all targets
   */
  ExportedList<TargetView> targets(JobId job, @Nullable String verdict) {
    return new ExportedList<>(
        "targets-" + job,
        OF_TARGETS,
        JobReplies::target,
        last -> parts.targets(job, verdict, last == null ? -1 : last.number(), ExportedList.PAGE),
        () -> jobs.find(job).isPresent());
  }

  private static @Nullable String errcode(TargetView target) {
    var error = target.error();
    return error == null ? null : error.code();
  }

  private static @Nullable String error(TargetView target) {
    var error = target.error();
    return error == null ? null : error.text();
  }

  private static @Nullable String facts(Map<String, String> facts) {
    if (facts.isEmpty()) {
      return null;
    }
    var json = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(facts).forEach(json::put);
    return json.toString();
  }
}
