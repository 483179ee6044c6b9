package dev.bailiff.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.standalone.terminal.ProgressRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobRequestsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FakeGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = FakeGateway.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void listsAreReadPageByPage() {
    gateway
        .answers(200, "{\"jobs\":[{\"job_id\":\"1\"},{\"job_id\":\"2\"}],\"next\":\"c/1\"}")
        .answers(200, "{\"jobs\":[{\"job_id\":\"3\"}],\"next\":null}");

    assertThat(gateway.calls().jobs(Map.of("status", "active"), 50)).hasSize(3);

    assertThat(gateway.asked()).hasSize(2);
    assertThat(gateway.asked().get(1)).contains("from=c%2F1").contains("status=active");
  }

  @Test
  void listsEndAtTheirLimit() {
    gateway.answers(200, "{\"jobs\":[{\"job_id\":\"1\"}],\"next\":\"more\"}");

    assertThat(gateway.calls().jobs(Map.of(), 2)).hasSize(2);
    assertThat(gateway.asked().get(1)).contains("limit=1");
  }

  @Test
  void watchEndsWithTheJob() throws Exception {
    gateway
        .answers(200, job("scheduled", null))
        .answers(200, job("active", "purge"))
        .answers(503, "{\"errcode\":\"M_UNKNOWN\",\"error\":\"restarting\"}")
        .answers(200, job("completed", null));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    List<JsonNode> last =
        new JobWatch(gateway.calls())
            .await(
                List.of("j1"), new JsonLines(new PrintStream(bytes, true, StandardCharsets.UTF_8)));

    assertThat(last).hasSize(1);
    assertThat(last.get(0).path("status").asText()).isEqualTo("completed");
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    for (String line : lines) {
      assertThat(JSON.readTree(line).path("job_id").asText()).isEqualTo("j1");
    }
  }

  @Test
  void rowShowsTheOpenStage() {
    assertThat(row(job("active", "purge")).state()).isEqualTo("purge");
    assertThat(row(job("completed", null)).state()).isEqualTo("completed");
    assertThat(row(job("completed", null)).ended()).isTrue();
    assertThat(row(job("scheduled", null)).state()).isEqualTo("scheduled");
  }

  @Test
  void rowSaysThatAJobIsBeingCancelled() {
    String cancelling =
        job("active", "purge")
            .replace(
                "\"cancel_requested_at\":null", "\"cancel_requested_at\":\"2026-11-23T08:00:00Z\"");

    assertThat(row(cancelling).state()).isEqualTo("cancelling");
  }

  @Test
  void keysOfANewerServerAreIgnored() {
    assertThat(row(job("active", "purge").replaceFirst("\\{", "{\"new_key\":{},")).total())
        .isEqualTo(10);
  }

  private static ProgressRow row(String job) {
    try {
      return JobRows.row(
          ApiClient.as(JobReply.class, JSON.readTree(job)), Instant.parse("2026-11-23T08:00:00Z"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String job(String status, String openStage) {
    String stages =
        openStage == null
            ? "[]"
            : """
            [{"stage":0,"name":"plan","progress":{"total":1,"done":1,"failed":0,"skipped":0},"segments":1,
              "open_segments":0,"opened_at":"2026-11-23T08:00:00Z","closed_at":"2026-11-23T08:00:01Z"},
             {"stage":1,"name":"%s","progress":{"total":10,"done":4,"failed":0,"skipped":0},"segments":1,
              "open_segments":1,"opened_at":"2026-11-23T08:00:01Z","closed_at":null}]
            """
                .formatted(openStage);
    return """
        {"job_id":"j1","kind":"delete-rooms","status":"%s","parameters":{},"requester":"r","reason":null,
         "target_count":1,"accepted_at":"2026-11-23T08:00:00Z","run_at":null,"started_at":null,
         "cancel_requested_at":null,"finalized_at":null,"waiting_for":null,"paced":null,
         "progress":{"total":10,"done":4,"failed":0,"skipped":0},"rate":null,"eta":null,"error":null,"stages":%s}
        """
        .formatted(status, stages)
        .replace("\"cancel_requested_at\": null", "\"cancel_requested_at\":null");
  }
}
