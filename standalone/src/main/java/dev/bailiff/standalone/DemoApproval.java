package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.job.approval.ApprovalConfig;
import dev.bailiff.standalone.client.ApiCallException;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobListener;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.client.JobWatch;
import dev.bailiff.standalone.terminal.Terminal;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * What the demo shows of approvals: somebody new asks for a job, may not approve it, and a second
 * person does.
 */
final class DemoApproval {
  private static final String NEWCOMER = "newcomer";
  private static final String SECOND = "second-person";
  private static final int NO_BOUND = -1;

  /** Of the whole demo, the jobs of the newcomer alone need an approval. */
  static final ApprovalConfig POLICY =
      new ApprovalConfig(
          true,
          NO_BOUND,
          NO_BOUND,
          NO_BOUND,
          Set.of(),
          false,
          List.of("token:" + NEWCOMER),
          Duration.days(7));

  private final ApiClient admin;
  private final Function<String, ApiClient> clientOf;
  private final Terminal terminal;

  /**
   * @param admin may make tokens
   * @param clientOf a client with another token
   */
  DemoApproval(ApiClient admin, Function<String, ApiClient> clientOf, Terminal terminal) {
    this.admin = admin;
    this.clientOf = clientOf;
    this.terminal = terminal;
  }

  /** Runs the job, and returns the problems in words. */
  List<String> run() {
    var newcomer =
        new JobRequests(
            clientOf.apply(token(NEWCOMER, "jobs:read", "jobs:submit:*", "jobs:approve")));
    var second = new JobRequests(clientOf.apply(token(SECOND, "jobs:read", "jobs:approve")));
    String id = newcomer.submit(request()).path("job_id").asText();
    JsonNode asked = awaitQuestion(id);
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%nA second person: purge-history by token:%s waits for an approval (%s).%n",
            NEWCOMER,
            asked.path("approval").path("why").asText());
    var problems = new ArrayList<String>();
    try {
      newcomer.approve(id, node());
      problems.add("approval: the newcomer approved the own job");
    } catch (ApiCallException refused) {
      terminal.out().println("The newcomer may not approve it: " + refused.getMessage());
    }
    second.approve(id, node());
    var ended = new JobWatch(second).await(List.of(id), JobListener.SILENT).get(0);
    var status = ended.path("status").asText();
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "Approved by %s: %s, %d done.%n",
            ended.path("approval").path("approved_by").asText(),
            status,
            ended.path("progress").path("done").asLong());
    if (!status.equals("completed")) {
      problems.add("approval: the approved job is " + status);
    }
    return problems;
  }

  private String token(String name, String... scopes) {
    var request = node().put("name", name);
    List.of(scopes).forEach(request.putArray("scopes")::add);
    return admin.post("/_bailiff/v1/tokens", request).path("token").asText();
  }

  /** The history of a room up to now. It is not the largest one, whose history is gone by now. */
  private ObjectNode request() {
    var room =
        admin
            .get("/_synapse/admin/v1/rooms?order_by=joined_members&limit=2")
            .path("rooms")
            .path(1)
            .path("room_id")
            .asText();
    var request = node().put("kind", "purge-history").put("reason", "asked by somebody new");
    request.putArray("targets").add(room);
    request.set(
        "parameters",
        node().put("purge_up_to_ts", System.currentTimeMillis()).put("delete_local_events", true));
    return request;
  }

  private JsonNode awaitQuestion(String id) {
    var path = ApiClient.path("/_bailiff/v1/jobs/{}", id);
    var job = admin.get(path);
    while (Set.of("scheduled", "active").contains(job.path("status").asText())) {
      job = admin.get(path + "?wait=10&since=" + job.path("version").asLong());
    }
    return job;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
