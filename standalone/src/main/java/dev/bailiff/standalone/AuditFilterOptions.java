package dev.bailiff.standalone;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which rows of the audit are wanted; all conditions are to be met. */
final class AuditFilterOptions {
  @Option(
      names = "--who",
      paramLabel = "ID",
      defaultValue = "",
      description = "A user, token:NAME, or command.")
  private String who = "";

  @Option(
      names = "--what",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The whole text, such as job.")
  private String what = "";

  @Option(
      names = "--whom",
      paramLabel = "ID",
      defaultValue = "",
      description = "A user, room or medium.")
  private String whom = "";

  @Option(
      names = "--job",
      paramLabel = "JOB",
      defaultValue = "",
      description = "The id that submit printed.")
  private String job = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "",
      description = {
        "Rows of then or later: 2026-11-23T08:00:00Z, a day such as 2026-11-23,",
        "or so long ago, such as -24h."
      })
  private String since = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      defaultValue = "",
      description = "Rows before then.")
  private String until = "";

  Map<String, String> query() {
    var times = new GivenTime(Clock.systemUTC().instant(), ZoneId.systemDefault());
    return Map.of(
        "who", who,
        "what", what,
        "whom", whom,
        "job", job,
        "after", times.parse("--since", since),
        "before", times.parse("--until", until));
  }
}
