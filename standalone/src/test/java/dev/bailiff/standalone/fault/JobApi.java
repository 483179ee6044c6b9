package dev.bailiff.standalone.fault;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.job.JobId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The job calls of a gateway. The gateway or its servers may be killed during a call. */
public final class JobApi {
  public static final String TOKEN = "operator-token-of-this-test";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;

  public JobApi(int port) {
    this.url = "http://127.0.0.1:" + port;
  }

  /** Waits until the gateway serves. */
  public void awaitReady() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> send(request("/health/ready").build()).statusCode() == 200);
  }

  /**
   * Submits a job as a persistent client does: with an idempotency key, again and again until the
   * job is accepted or refused.
   *
   * @return the job's id
   * @throws IllegalStateException if the job is refused
   */
  public JobId submit(String key, String body) {
    var request =
        request("/_bailiff/v1/jobs")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JobId.parse(answered(request).path("job_id").asText()).orElseThrow();
  }

  /** Requests the cancellation of the job, again and again until the request is answered. */
  void cancel(JobId job) {
    answered(
        request("/_bailiff/v1/jobs/" + job + "/cancel")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** The reply to a read. */
  public JsonNode get(String path) {
    return answered(request(path).build());
  }

  /** The reply to a call that may be repeated. */
  public JsonNode post(String path, String body) {
    return answered(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  /** Status, code and text of the error with which a request is refused. */
  public String refusal(String path, String body) throws IOException, InterruptedException {
    var reply = send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    var error = json.readTree(reply.body());
    return reply.statusCode()
        + " "
        + error.path("errcode").asText()
        + " "
        + error.path("error").asText();
  }

  private JsonNode answered(HttpRequest request) {
    HttpResponse<String> response =
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(100))
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> send(request), reply -> reply.statusCode() < 500);
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    try {
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + TOKEN);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
