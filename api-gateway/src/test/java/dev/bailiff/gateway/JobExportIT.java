package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.job.JobRows;
import io.dropwizard.testing.ConfigOverride;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures and targets of a job as files. */
class JobExportIT {
  private static final int CONNECTIONS = 2;

  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("database.maxPoolSize", Integer.toString(CONNECTIONS)));

  private static final String JOBS = "/_bailiff/v1/jobs";

  private JobId job;

  @BeforeEach
  void oneJob() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
    var reply =
        gateway
            .admin()
            .post(
                JOBS,
                """
                {"kind": "deactivate-users", "targets": ["@a:chat.example", "@b:chat.example", "@z(1):chat.example"],
                 "reason": "spam"}
                """);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    job = JobId.parse(reply.json().path("job_id").asText()).orElseThrow();
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    update jobs.target
                       set verdict = case when target_n = 0 then 'left-over' when target_n = 1 then 'gone' end,
                           left_over = case when target_n = 0 then array['3 events', '=1+1'] end,
                           failed = target_n = 2, error_status = case when target_n = 2 then 404 end,
                           error_code = case when target_n = 2 then 'M_NOT_FOUND' end,
                           error_text = case when target_n = 2 then '@SUM(1), "quoted"' || chr(10) || 'x' end,
                           facts = case when target_n = 0 then '{"known": "true", "a": "b"}' else '{}' end::jsonb
                     where job_id = ?
                    """,
                    job.value()));
  }

  @Test
  void targetsAreATable() {
    var reply = gateway.admin().get(path("targets?format=csv"));

    assertThat(reply.headers())
        .containsEntry("Content-Type", "text/csv; charset=UTF-8")
        .containsEntry("Content-Disposition", "attachment; filename=\"targets-" + job + ".csv\"");
    assertThat(reply.body().split("\r\n", -1))
        .containsExactly(
            "target,verdict,left_over,failed,errcode,error,facts",
            "@a:chat.example,left-over,\"3 events, =1+1\",false,,,\"{\"\"a\"\":\"\"b\"\",\"\"known\"\":\"\"true\"\"}\"",
            "@b:chat.example,gone,,false,,,",
            "'@z(1):chat.example,,,true,M_NOT_FOUND,\"'@SUM(1), \"\"quoted\"\"\\nx\",",
            "");
  }

  @Test
  void failuresAreATable() {
    var rows = new JobRows(gateway.jdbi());
    rows.failure(job, "$event", "=HYPERLINK(\"http://x\")");
    rows.failure(job, "-1+2", "\u001b[2J");

    var lines =
        gateway
            .admin()
            .get(path("failures?format=csv"))
            .body()
            .lines()
            .map(JobExportIT::withoutTime);

    assertThat(lines)
        .containsExactly(
            "item,errcode,error,stage,segment,attempt,failed_at",
            "$event,M_FORBIDDEN,\"'=HYPERLINK(\"\"http://x\"\")\",1,0,1,T",
            "'-1+2,M_FORBIDDEN,\\u001b[2J,1,0,1,T");
  }

  @Test
  void emptyListIsAHeading() {
    assertThat(gateway.admin().get(path("failures?format=csv")).body())
        .isEqualTo("item,errcode,error,stage,segment,attempt,failed_at\r\n");
    assertThat(gateway.admin().get(path("failures?format=ndjson")).body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"targets", "failures"})
  void linesAreTheElementsOfThePages(String list) {
    new JobRows(gateway.jdbi()).failure(job, "$event", "no");

    var lines = gateway.admin().get(path(list + "?format=ndjson"));

    assertThat(lines.headers()).containsEntry("Content-Type", "application/x-ndjson");
    assertThat(lines.body().lines().map(JobExportIT::json))
        .containsExactlyElementsOf(gateway.admin().get(path(list)).json().path(list));
  }

  @Test
  void targetsAreFilteredByVerdict() {
    assertThat(targets("verdict=left-over")).containsExactly("@a:chat.example");
    assertThat(targets("verdict=gone")).containsExactly("@b:chat.example");
    assertThat(targets("verdict=unknown")).isEmpty();
    assertThat(gateway.admin().get(path("targets?format=csv&verdict=gone")).body().lines())
        .hasSize(2);
  }

  @Test
  void tableOfTargetsCanBeHandedBackAsTargets() {
    var table = gateway.admin().get(path("targets?format=csv&verdict=left-over")).body();

    var reply =
        gateway
            .admin()
            .with("Content-Type: multipart/form-data; boundary=B")
            .post(
                JOBS,
                "--B\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n"
                    + "{\"kind\": \"redact-events\", \"reason\": \"again\"}"
                    + "\r\n--B\r\nContent-Disposition: form-data; name=\"targets\"; filename=\"t.csv\"\r\n\r\n"
                    + table
                    + "\r\n--B--\r\n");

    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    var again = reply.json().path("job_id").asText();
    assertThat(
            gateway
                .admin()
                .get(JOBS + "/" + again + "/targets")
                .json()
                .path("targets")
                .findValuesAsText("target"))
        .containsExactly("@a:chat.example");
  }

  @ParameterizedTest
  @CsvSource({
    "targets?format=xml",
    "targets?format=",
    "targets?format=csv&limit=3",
    "failures?format=ndjson&from=1",
    "targets?verdict=",
    "targets?verdict=some"
  })
  void wrongQuestionsAreRefused(String question) {
    assertThat(gateway.admin().get(path(question)).outcome()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void listOfAnyLengthIsWholeAndSlowReadersHoldNoConnection() throws IOException {
    addTargets(100_000);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int n = 0; n < CONNECTIONS; n++) {
        slow.add(readingOneByteOf(path("targets?format=ndjson")));
      }

      var whole = gateway.admin().get(path("targets?format=csv"));

      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.body().lines()).hasSize(1 + 3 + 100_000);
    } finally {
      for (var socket : slow) {
        socket.close();
      }
    }
  }

  /** The end of a whole reply is an empty chunk, and its connection stays open. */
  @Test
  void replyWhoseJobIsDeletedMeanwhileHasNoEnd() throws IOException {
    addTargets(100_000);
    try (var socket = readingOneByteOf(path("targets?format=ndjson"))) {
      gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));

      var rest = rest(socket);

      assertThat(rest).contains("@user-3:chat.example").doesNotEndWith("0\r\n\r\n");
    }
  }

  /** All that comes before the connection ends, or is reset. */
  private static String rest(Socket socket) {
    var bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static Socket readingOneByteOf(String path) throws IOException {
    var socket = new Socket("127.0.0.1", gateway.port());
    socket.setReceiveBufferSize(1_024);
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            ("GET "
                    + path
                    + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + Seed.ADMIN_TOKEN
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  private void addTargets(int count) {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into jobs.target (job_id, target_n, target)
                    select ?, n, '@user-' || n || ':chat.example' from generate_series(3, 2 + ?) as n
                    """,
                    job.value(),
                    count));
  }

  private List<String> targets(String query) {
    return gateway
        .admin()
        .get(path("targets?" + query))
        .json()
        .path("targets")
        .findValuesAsText("target");
  }

  private String path(String rest) {
    return JOBS + "/" + job + "/" + rest;
  }

  private static String withoutTime(String line) {
    return line.replaceAll("[0-9]{4}-[0-9-]+T[0-9:.]+Z$", "T");
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + line, e);
    }
  }
}
