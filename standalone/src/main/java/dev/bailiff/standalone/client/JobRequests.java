package dev.bailiff.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls of the API for jobs. Reads lists page by page, to their end or to a limit. */
public final class JobRequests {
  private static final String JOBS = "/_bailiff/v1/jobs";
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

  /** The newest jobs that match, at most {@code limit}. */
  public ArrayNode jobs(Map<String, String> filter, int limit) {
    return list(JOBS, "jobs", filter, limit);
  }

  public ArrayNode targets(String id, int limit) {
    return list(ApiClient.path(JOBS + "/{}/targets", id), "targets", Map.of(), limit);
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
