package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.embedded.LoopbackPorts;
import dev.bailiff.standalone.stack.RuntimeInfo;
import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration JOB_LIMIT = Duration.ofSeconds(60);
  private static final int SIGTERM_EXIT = 128 + 15;
  private static final String USER = "@crypto-gain-01:chat.example";

  @TempDir Path folder;

  @Test
  void saysReadyOnceRefusesASecondAndStopsOnSigterm() throws IOException {
    RunningBailiff bailiff = new RunningBailiff(folder);
    try (ChildProcess up = bailiff.up(1)) {
      RuntimeInfo info = bailiff.dataFolder().runtime().orElseThrow();
      assertThat(bailiff.client().get("/_bailiff/v1/jobs").path("jobs").isArray()).isTrue();
      assertThat(permissions("runtime.json")).isEqualTo("rw-------");
      assertThat(permissions("admin-token")).isEqualTo("rw-------");
      assertThatOthersSeeNothing();
      assertThatTheAdminPortTellsFiguresAlone(URI.create(info.adminUrl()));
      assertThat(ProcessHandle.of(up.pid()).orElseThrow().info().commandLine().orElse(""))
          .doesNotContain(info.kafka().password());
      assertThat(Files.readString(folder.resolve("bailiff.log")))
          .doesNotContain(info.kafka().password());

      try (ChildProcess second = bailiff.run("up", "--port", 0)) {
        assertThat(second.awaitExit(RunningBailiff.START_LIMIT)).isEqualTo(ExitCode.NOT_STARTED);
        assertThat(second.standardError()).contains("is in use by process " + up.pid());
        assertThat(second.standardOutput()).isEmpty();
      }

      up.terminate();

      assertThat(up.awaitExit(STOP_LIMIT)).isEqualTo(SIGTERM_EXIT);
      assertThat(up.standardOutput()).isEqualTo("ready " + info.url() + "\n");
      assertThat(bailiff.dataFolder().runtime()).get().matches(stopped -> !stopped.isUp());
      assertThat(LoopbackPorts.isFree(info.postgres().port())).isTrue();
      assertThat(LoopbackPorts.isFree(info.kafka().port())).isTrue();
    }
  }

  @Test
  void killedInTheMiddleOfAJobItRecoversByItself() {
    RunningBailiff bailiff = new RunningBailiff(folder);
    importCommunity(bailiff);
    String token;
    String job;
    try (ChildProcess up = bailiff.up(0)) {
      token = bailiff.dataFolder().adminToken().orElseThrow();
      job = submitRedaction(bailiff);
      up.kill();
    }

    try (ChildProcess up = bailiff.up(1)) {
      assertThat(up.isAlive()).isTrue();
      assertThat(bailiff.dataFolder().adminToken()).contains(token);
      assertThat(awaitEnd(bailiff, job).path("status").asText()).isEqualTo("completed");
    }
  }

  @Test
  void workersJoinFromOtherProcessesAndImportWorksWhileUp() {
    RunningBailiff bailiff = new RunningBailiff(folder);
    // each in a different locale: digits, letter case and calendars must not get into any output
    try (ChildProcess up = bailiff.upIn("ar-EG", 0);
        ChildProcess killed = bailiff.runIn("fa-IR", "worker");
        ChildProcess worker = bailiff.runIn("tr-TR", "worker")) {
      importCommunity(bailiff);
      killed.awaitLine("ready worker", RunningBailiff.START_LIMIT);
      worker.awaitLine("ready worker", RunningBailiff.START_LIMIT);
      String job = submitRedaction(bailiff);
      killed.kill();

      try (ChildProcess watch = bailiff.runIn("th-TH-u-ca-buddhist", "job", job, "--watch")) {
        assertThat(watch.awaitExit(JOB_LIMIT)).isEqualTo(ExitCode.DONE);
        assertThat(watch.standardOutput()).contains("redact-events").contains("completed");
      }
      worker.terminate();
      assertThat(worker.awaitExit(STOP_LIMIT)).isEqualTo(SIGTERM_EXIT);
      assertThat(up.isAlive()).isTrue();
    }
  }

  private static void importCommunity(RunningBailiff bailiff) {
    try (ChildProcess run = bailiff.run("import", RunningBailiff.COMMUNITY, "--json")) {
      assertThat(run.awaitExit(RunningBailiff.START_LIMIT)).as(run.standardError()).isZero();
      assertThat(run.standardOutput())
          .contains("\"server_name\":\"chat.example\"")
          .contains("\"events\":5082");
    }
  }

  private static String submitRedaction(RunningBailiff bailiff) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("kind", "redact-events");
    request.putArray("targets").add(USER);
    return bailiff.calls().submit(request).path("job_id").asText();
  }

  private static JsonNode awaitEnd(RunningBailiff bailiff, String job) {
    return await()
        .atMost(JOB_LIMIT)
        .until(
            () -> bailiff.calls().job(job),
            answer ->
                List.of("completed", "failed", "cancelled")
                    .contains(answer.path("status").asText()));
  }

  /** The files in the folder are for their owner alone, regardless of the umask. */
  private void assertThatOthersSeeNothing() throws IOException {
    try (var entries = Files.list(folder)) {
      assertThat(entries.toList())
          .hasSizeGreaterThan(7)
          .allSatisfy(
              entry ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                      .matches("rw[x-]------"));
    }
    if (System.getProperty("user.name").equals("root")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      assertThat(asNobody("ls", folder)).isZero();
      for (String entry :
          List.of("bailiff.log", "runtime.json", "admin-token", "identity.json", "lock")) {
        assertThat(asNobody("cat", folder.resolve(entry))).as(entry).isNotZero();
      }
      for (String entry : List.of("bin", "kafka", "media")) {
        assertThat(asNobody("ls", folder.resolve(entry))).as(entry).isNotZero();
      }
    }
  }

  private static int asNobody(String program, Path file) {
    try (ChildProcess run =
        ChildProcess.program(Path.of("/bin/sh"))
            .args("-c", "exec setpriv --reuid 12345 --regid 12345 --clear-groups \"$@\"", "sh")
            .args(program, file)
            .start()) {
      return run.awaitExit(STOP_LIMIT);
    }
  }

  private static void assertThatTheAdminPortTellsFiguresAlone(URI admin) throws IOException {
    for (String path : List.of("/metrics", "/healthcheck", "/ping")) {
      assertThat(status(admin, "GET " + path, "localhost")).as(path).isEqualTo(200);
      assertThat(status(admin, "POST " + path, "localhost")).as(path).isEqualTo(405);
      assertThat(status(admin, "GET " + path, "evil.example")).as(path).isEqualTo(403);
    }
    for (String path :
        List.of(
            "/",
            "/threads",
            "/pprof",
            "/tasks/log-level",
            "/tasks/gc",
            "/tasks;x/gc",
            "//tasks/gc",
            "/%74asks/gc",
            "/metrics/../tasks/gc",
            "/ping/%2e%2e/threads")) {
      assertThat(status(admin, "GET " + path, "localhost")).as(path).isBetween(400, 404);
      assertThat(status(admin, "POST " + path, "localhost")).as(path).isBetween(400, 405);
    }
  }

  /** Writes the request by hand, because Java's client sends no other Host than the address. */
  private static int status(URI admin, String request, String host) throws IOException {
    try (Socket socket = new Socket(admin.getHost(), admin.getPort())) {
      socket
          .getOutputStream()
          .write(
              (request
                      + " HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(reply.substring(9, 12));
    }
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
