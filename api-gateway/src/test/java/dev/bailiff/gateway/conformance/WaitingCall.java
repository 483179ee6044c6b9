package dev.bailiff.gateway.conformance;

import static org.awaitility.Awaitility.await;

import dev.bailiff.gateway.Reply;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.testing.job.JobRows;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A call that waits for the end of its job. No worker runs beside these tests, so the test moves
 * the job by hand, and then looks at the reply.
 */
final class WaitingCall {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final CommunityGateway gateway;
  private final JobId job;
  private final CompletableFuture<Reply> reply;

  private WaitingCall(CommunityGateway gateway, JobId job, CompletableFuture<Reply> reply) {
    this.gateway = gateway;
    this.job = job;
    this.reply = reply;
  }

  /**
   * Sends a request and returns when its job is stored. Each call has an admin of its own, by whom
   * its job is found.
   */
  static WaitingCall send(CommunityGateway gateway, String method, String path, String body) {
    var admin = gateway.newUser("waiting");
    gateway.execute("update homeserver.account set admin = true where user_id = ?", admin);
    var client = gateway.with(gateway.newToken(admin, null));
    var reply = CompletableFuture.supplyAsync(() -> client.send(method, path, body));
    var id =
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(20))
            .until(
                () ->
                    Optional.ofNullable(
                        gateway.value("select job_id from jobs.job where requester = ?", admin)),
                found -> found.isPresent() || reply.isDone());
    return new WaitingCall(
        gateway,
        id.flatMap(JobId::parse)
            .orElseThrow(() -> new AssertionError("answered without a job: " + reply.join())),
        reply);
  }

  JobId job() {
    return job;
  }

  /** The job as it was accepted. */
  JobView accepted() {
    return gateway.running().store().reader().find(job).orElseThrow();
  }

  /** The target of the job, if the job has exactly one. */
  String target() {
    return gateway.value("select target from jobs.target where job_id = ?", job.value());
  }

  /** Puts a value into a list of the reply. */
  WaitingCall listing(String list, String item) {
    rows().replyItem(job, 0, list, item);
    return this;
  }

  /** Adds an item that could not be done. */
  WaitingCall failing(String item, String text) {
    rows().failure(job, item, text);
    return this;
  }

  /** Adds a fact that the job reports on its target. */
  WaitingCall telling(String key, String value) {
    rows().fact(job, key, value);
    return this;
  }

  /** Ends the job; returns the reply. */
  Reply complete() {
    rows().complete(job);
    return reply.join();
  }

  /** Ends the job with an error; returns the reply. */
  Reply fail(int status, String code, String text) {
    rows().fail(job, status, code, text);
    return reply.join();
  }

  private JobRows rows() {
    return new JobRows(gateway.jdbi());
  }
}
