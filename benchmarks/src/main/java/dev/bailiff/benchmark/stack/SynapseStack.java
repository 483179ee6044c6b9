package dev.bailiff.benchmark.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.benchmark.data.Servers;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.api.TargetReply;
import dev.bailiff.standalone.client.ApiAddress;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobRequests;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Bailiff in front of a Synapse: a gateway and two workers in this process, as {@code bailiff up
 * --synapse} has them.
 */
public final class SynapseStack implements AutoCloseable {
  private static final long LOOK_MILLIS = 5;
  private static final int ALL = 10_000;

  private final Servers servers;
  private final LocalGateway gateway;
  private final Workers workers;
  private final JobClient client;
  private final JobRequests calls;

  private SynapseStack(Servers servers, LocalGateway gateway, Workers workers, JobClient client) {
    this.servers = servers;
    this.gateway = gateway;
    this.workers = workers;
    this.client = client;
    this.calls = new JobRequests(new ApiClient(new ApiAddress(gateway.url(), gateway.token())));
  }

  /** A request for a job. */
  public record Order(String kind, List<String> targets, ObjectNode parameters, String pace) {

    ObjectNode json() {
      var json =
          JsonNodeFactory.instance
              .objectNode()
              .put("kind", kind)
              .put("pace", pace)
              .put("reason", "measured");
      targets.forEach(json.putArray("targets")::add);
      json.set("parameters", parameters);
      return json;
    }
  }

  /**
   * A job that completed, with all its targets as they should be.
   *
   * @param seconds from the submission to the moment its end is seen
   * @param stages seconds of each stage
   */
  public record Done(double seconds, Map<String, Double> stages, List<TargetReply> targets) {}

  /** A condition of a job, as the API shows it, that somebody waits for. */
  @FunctionalInterface
  public interface Condition {
    boolean holds(JsonNode job) throws SQLException;
  }

  /**
   * Starts on an empty database, and returns when every slot takes part in jobs of the kind.
   *
   * @param round gives each stack its own topics and groups
   */
  public static SynapseStack start(
      Servers servers, String round, SynapseHomeserverFactory homeserver, String kind)
      throws Exception {
    servers.emptyRound();
    var kafka = servers.kafka(round);
    var gateway = LocalGateway.start(servers.round(), kafka, homeserver);
    try {
      var workers = Workers.start(servers.round(), kafka, WorkerFleet.remotePair(), homeserver);
      try {
        workers.awaitJoined(new JobKind(kind));
        return new SynapseStack(servers, gateway, workers, new JobClient(servers.round(), kafka));
      } catch (InterruptedException | RuntimeException e) {
        workers.close();
        throw e;
      }
    } catch (InterruptedException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /** A connection to the gateway with a token of Synapse. */
  public HttpConnection connect(String token) throws IOException {
    return gateway.connect(token);
  }

  /** Submits a job over HTTP. */
  public JobId submit(Order order) {
    return JobId.parse(calls.submit(order.json()).path("job_id").asText()).orElseThrow();
  }

  /**
   * Submits a job and waits for its end.
   *
   * @throws IllegalStateException if it did not complete, or completed with failures or with
   *     anything left over
   */
  public Done run(Order order) throws InterruptedException {
    long begin = System.nanoTime();
    var job = submit(order);
    client.awaitEnd(job);
    double seconds = (System.nanoTime() - begin) / 1e9;
    var stages = client.requireGood(job);
    var targets = JobRequests.as(TargetReply.class, calls.targets(job.toString(), ALL));
    for (TargetReply target : targets) {
      if (target.failed() || !"gone".equals(target.verdict())) {
        throw new IllegalStateException("the job left something over: " + target);
      }
    }
    return new Done(seconds, stages, targets);
  }

  /** Whether a job has not ended yet. */
  public boolean isOpen(JobId job) {
    return !client.status(job).isTerminal();
  }

  /** Asks a job to end and waits until it has ended. Returns the seconds from then to then. */
  public double cancel(JobId job) throws InterruptedException {
    long begin = System.nanoTime();
    calls.cancel(job.toString());
    client.awaitEnd(job);
    return (System.nanoTime() - begin) / 1e9;
  }

  /**
   * Submits a job and cancels it in its middle.
   *
   * @param middle holds when the job is well under way
   * @return seconds from the request to the end; empty if the job was done before its middle was
   *     seen
   */
  public OptionalDouble cancelled(Order order, Condition middle)
      throws InterruptedException, SQLException {
    var job = submit(order);
    while (!middle.holds(calls.job(job.toString()))) {
      if (!isOpen(job)) {
        return OptionalDouble.empty();
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return isOpen(job) ? OptionalDouble.of(cancel(job)) : OptionalDouble.empty();
  }

  @Override
  public void close() throws SQLException {
    client.close();
    workers.close();
    gateway.close();
    servers.dropRound();
  }
}
