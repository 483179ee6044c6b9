package dev.bailiff.standalone;

import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.PlanReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobListener;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.client.JobRows;
import dev.bailiff.standalone.client.JobWatch;
import dev.bailiff.standalone.terminal.Terminal;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The plan of a dry run, for people or as JSON. */
final class PlanText {
  private final JobRequests calls;
  private final Terminal terminal;
  private final boolean json;

  PlanText(JobRequests calls, Terminal terminal, boolean json) {
    this.calls = calls;
    this.terminal = terminal;
    this.json = json;
  }

  /** Waits until a dry run has ended, and prints its plan. */
  int awaitAndPrint(String id) {
    var listener = json ? JobListener.SILENT : JobRows.on(terminal.progress(), Clock.systemUTC());
    if (!json) {
      terminal.out().println(id);
    }
    var end = new JobWatch(calls).await(List.of(id), listener).get(0);
    if (!ApiClient.as(JobReply.class, end).status().equals("completed")) {
      return new JobEnd(calls, terminal, json).await(id);
    }
    return print(id);
  }

  int print(String id) {
    var answer = calls.plan(id);
    if (json) {
      terminal.out().println(answer);
      return ExitCode.DONE;
    }
    var plan = ApiClient.as(PlanReply.class, answer);
    PrintStream out = terminal.out();
    out.println(numbers(plan));
    if (!plan.unknown().isEmpty()) {
      out.println("The homeserver cannot tell: " + String.join(", ", plan.unknown()));
    }
    out.println(time(plan));
    plan.leftOut().forEach(left -> out.println("left out: " + left.target() + " " + left.reason()));
    if (plan.leftOutCount() > plan.leftOut().size()) {
      out.println("left out: " + (plan.leftOutCount() - plan.leftOut().size()) + " more");
    }
    return ExitCode.DONE;
  }

  /** The numbers in one line. */
  static String numbers(PlanReply plan) {
    var numbers =
        plan.numbers().entrySet().stream()
            .map(number -> String.format(Locale.ROOT, "%s %,d", number.getKey(), number.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "targets %,d, left out %,d%s",
        plan.targets(),
        plan.leftOutCount(),
        numbers.isEmpty() ? "" : ": " + numbers);
  }

  private static String time(PlanReply plan) {
    var seconds = plan.estimatedSeconds();
    return seconds == null
        ? "How long it takes is not known: " + plan.estimateBasis()
        : "about " + seconds + " s: " + plan.estimateBasis();
  }
}
