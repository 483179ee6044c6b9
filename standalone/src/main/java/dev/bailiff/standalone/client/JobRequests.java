package dev.bailiff.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls of the API for jobs, webhooks and the audit. Reads lists page by page, to their end or to a
 * limit.
 */
public final class JobRequests {
  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String WEBHOOKS = "/_bailiff/v1/webhooks";
  private static final String AUDIT = "/_bailiff/v1/audit";
  private static final int PAGE = 100;

  private final ApiClient api;

  public JobRequests(ApiClient api) {
    this.api = api;
  }

  /** Submits a job and returns {@code {job_id, status}}. */
  public JsonNode submit(ObjectNode request) {
    return api.post(JOBS, request);
  }

  public JsonNode job(String id) {
    return api.get(ApiClient.path(JOBS + "/{}", id));
  }

  public JsonNode cancel(String id) {
    return api.post(ApiClient.path(JOBS + "/{}/cancel", id), JsonNodeFactory.instance.objectNode());
  }

  public JsonNode pause(String id) {
    return api.post(ApiClient.path(JOBS + "/{}/pause", id), JsonNodeFactory.instance.objectNode());
  }

  public JsonNode resume(String id) {
    return api.post(ApiClient.path(JOBS + "/{}/resume", id), JsonNodeFactory.instance.objectNode());
  }

  /** Approves a job that waits for it; returns the job's id and status. */
  public JsonNode approve(String id, ObjectNode request) {
    return api.post(ApiClient.path(JOBS + "/{}/approve", id), request);
  }

  /** Rejects a job that waits for an approval; returns the job's id and status. */
  public JsonNode reject(String id, ObjectNode request) {
    return api.post(ApiClient.path(JOBS + "/{}/reject", id), request);
  }

  /** Has what an ended job left over worked once more; returns the new job's id and status. */
  public JsonNode retry(String id, ObjectNode terms) {
    return api.post(ApiClient.path(JOBS + "/{}/retry", id), terms);
  }

  /** The plan of a dry run, with the first targets that it leaves out. */
  public JsonNode plan(String id) {
    return api.get(ApiClient.path(JOBS + "/{}/plan", id));
  }

  /** Runs the plan of a dry run; returns the new job's id and status. */
  public JsonNode run(String id, ObjectNode terms) {
    return api.post(ApiClient.path(JOBS + "/{}/run", id), terms);
  }

  /** Changes priority and rate; returns the job. */
  public JsonNode change(String id, ObjectNode terms) {
    return api.patch(ApiClient.path(JOBS + "/{}", id), terms);
  }

  /** Deletes a job that has ended; returns {@code {}}. */
  public JsonNode delete(String id) {
    return api.delete(ApiClient.path(JOBS + "/{}", id));
  }

  /** How many targets a filter would find, and some of them. */
  public JsonNode count(ObjectNode request) {
    return api.post("/_bailiff/v1/targets/count", request);
  }

  public JsonNode receipt(String id, String target) {
    return api.get(receiptPath(id, target));
  }

  /** A receipt as text for people. */
  public String receiptText(String id, String target) {
    return api.text(receiptPath(id, target), "text/plain");
  }

  private static String receiptPath(String id, String target) {
    return ApiClient.path(JOBS + "/{}/receipt", id) + ApiClient.query(Map.of("target", target));
  }

  /** Who calls, and what they may. */
  public JsonNode whoami() {
    return api.get("/_bailiff/v1/whoami");
  }

  /** The webhooks: {@code {webhooks}}. */
  public JsonNode webhooks() {
    return api.get(WEBHOOKS);
  }

  /** Makes a webhook and returns {@code {id, secret}}. */
  public JsonNode newWebhook(ObjectNode request) {
    return api.post(WEBHOOKS, request);
  }

  /** Deletes a webhook; returns {@code {}}. */
  public JsonNode deleteWebhook(String id) {
    return api.delete(ApiClient.path(WEBHOOKS + "/{}", id));
  }

  /** Messages of a webhook that were given up. */
  public ArrayNode failedMessages(String id, int limit) {
    return list(ApiClient.path(WEBHOOKS + "/{}/failed", id), "failed", Map.of(), limit);
  }

  /** Has messages that were given up delivered once more; returns {@code {replayed}}. */
  public JsonNode replayMessages(String id, ObjectNode which) {
    return api.post(ApiClient.path(WEBHOOKS + "/{}/replay", id), which);
  }

  /** The newest rows of the audit that match, at most {@code limit}. */
  public ArrayNode audit(Map<String, String> filter, int limit) {
    return list(AUDIT, "entries", filter, limit);
  }

  /** All rows of the audit that match, as they arrive; the caller closes it. */
  public InputStream auditFile(Map<String, String> query) {
    return api.open(AUDIT + ApiClient.query(query), "text/csv, */*");
  }

  public ArrayNode workers() {
    return list("/_bailiff/v1/workers", "workers", Map.of(), Integer.MAX_VALUE);
  }

  /** A whole list of a job as it arrives, {@code csv} or {@code ndjson}; the caller closes it. */
  public InputStream file(String id, String list, Map<String, String> query) {
    return api.open(
        ApiClient.path(JOBS + "/{}/{}", id, list) + ApiClient.query(query), "text/csv, */*");
  }

  /** The newest jobs that match, at most {@code limit}. */
  public ArrayNode jobs(Map<String, String> filter, int limit) {
    return list(JOBS, "jobs", filter, limit);
  }

  public ArrayNode targets(String id, int limit) {
    return targets(id, "", limit);
  }

  /** Targets with a verdict; all if it is empty. */
  public ArrayNode targets(String id, String verdict, int limit) {
    return list(
        ApiClient.path(JOBS + "/{}/targets", id), "targets", Map.of("verdict", verdict), limit);
  }

  public ArrayNode failures(String id, int limit) {
    return list(ApiClient.path(JOBS + "/{}/failures", id), "failures", Map.of(), limit);
  }

  /** Converts each element of a list to a record of {@code schemas}. */
  public static <T> List<T> as(Class<T> type, ArrayNode list) {
    return list.valueStream().map(element -> ApiClient.as(type, element)).toList();
  }

  private ArrayNode list(String path, String name, Map<String, String> filter, int limit) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    Map<String, String> query = new HashMap<>(filter);
    String next = "";
    do {
      query.put("limit", Integer.toString(Math.min(PAGE, limit - all.size())));
      query.put("from", next);
      JsonNode page = api.get(path + ApiClient.query(query));
      page.path(name).forEach(all::add);
      next = page.path("next").asText("");
      if (page.path("next").isNull()) {
        next = "";
      }
    } while (!next.isEmpty() && all.size() < limit);
    return all;
  }
}
