package dev.bailiff.standalone;

import dev.bailiff.schemas.api.JobReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The approval of a job, in lines for people. */
final class ApprovalText {
  private ApprovalText() {}

  /** The lines; none if no approval was asked for. */
  static List<String> lines(JobReply job) {
    var approval = job.approval();
    if (approval == null) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    lines.add("approval needed, as " + approval.why());
    lines.add("plan     " + approval.plan() + ", counted " + approval.countedAt() + numbers(job));
    if (approval.until() != null) {
      lines.add(
          "waits    until "
              + approval.until()
              + " for a second person: 'bailiff approve "
              + job.jobId()
              + "' or 'reject'");
    }
    if (approval.approvedBy() != null) {
      lines.add("approved by " + approval.approvedBy() + " at " + approval.approvedAt());
    }
    if (approval.rejectedBy() != null) {
      lines.add("rejected by " + approval.rejectedBy() + " at " + approval.rejectedAt());
    }
    return lines;
  }

  private static String numbers(JobReply job) {
    var approval = job.approval();
    if (approval == null) {
      return "";
    }
    var numbers =
        approval.numbers().entrySet().stream()
            .map(number -> String.format(Locale.ROOT, "%s %,d", number.getKey(), number.getValue()))
            .collect(Collectors.toCollection(ArrayList::new));
    numbers.add(0, String.format(Locale.ROOT, "targets %,d", job.targetCount()));
    approval.unknown().forEach(name -> numbers.add(name + " not known"));
    return ": " + String.join(", ", numbers);
  }
}
