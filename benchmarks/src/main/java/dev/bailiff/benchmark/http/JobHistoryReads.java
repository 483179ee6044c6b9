package dev.bailiff.benchmark.http;

import dev.bailiff.benchmark.data.JobHistory;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.http.StoreReading.Statement;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.LocalGateway;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pages of a {@link JobHistory} over HTTP. The baseline reads the same jobs and their stages by
 * hand, with prepared statements.
 */
public final class JobHistoryReads implements Row {
  private static final String PAGE =
      "select * from jobs.job j where %s order by accepted_at desc, job_id desc limit 100";

  private static final String STAGES =
      "select * from jobs.stage where job_id in (select job_id from (" + PAGE + ") j)";

  @Override
  public String name() {
    return "history";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(JobHistory.DATASET);
    try (LocalGateway gateway = LocalGateway.start(servers.round(), servers.kafka(name()))) {
      try (Connection connection = servers.connectToRound()) {
        Queries.run(connection, "vacuum analyze");
      }
      List<Measurement> measurements = new ArrayList<>();
      for (StoreReading reading : readings(bench)) {
        measurements.add(reading.measure(bench, gateway));
      }
      return measurements;
    } finally {
      servers.dropRound();
    }
  }

  private static List<StoreReading> readings(Bench bench) {
    return List.of(
        reading(bench, "all", "", "true"),
        reading(bench, "status", "status=failed", "status = 'failed'"),
        reading(bench, "requester", "requester=token:bot", "requester = 'token:bot'"),
        reading(
            bench,
            "status-kind",
            "status=failed&kind=redact-events",
            "status = 'failed' and kind = 'redact-events'"),
        reading(
            bench,
            "target",
            "target=@user-77:bench.example",
            "job_id in (select job_id from jobs.target where target = '@user-77:bench.example')"),
        reading(bench, "text", "text=mod-", "lower(reference) like '%mod-%'"),
        reading(
            bench,
            "time",
            "accepted_before=2026-10-31T00:00:00Z",
            "accepted_at < timestamptz '2026-10-31T00:00:00Z'"));
  }

  private static StoreReading reading(Bench bench, String name, String query, String where) {
    return new StoreReading(
        "history-" + name,
        String.format(
            Locale.ROOT,
            "a page of %,d jobs by %s",
            JobHistory.jobs(bench.scale()),
            name.replace('-', ' ')),
        1,
        Math.max(50, bench.scale().calls() / 25),
        n -> "/_bailiff/v1/jobs?limit=100" + (query.isEmpty() ? "" : "&" + query),
        List.of(
            new Statement(PAGE.formatted(where), n -> List.of()),
            new Statement(STAGES.formatted(where), n -> List.of())),
        Bound.done().andP99(0.05));
  }
}
