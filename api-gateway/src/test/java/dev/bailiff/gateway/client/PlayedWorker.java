package dev.bailiff.gateway.client;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.Reply;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.job.JobRows;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Moves jobs as workers would, so that calls that wait for one are answered. */
record PlayedWorker(Jdbi jdbi) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** The job with the id that a client got. */
  static JobId job(JsonNode id) {
    return new JobId(UUID.fromString(id.asText()));
  }

  JobRows rows() {
    return new JobRows(jdbi);
  }

  /** Sends a call that waits, and does this work on its job once that is stored. */
  Reply answer(Supplier<Reply> call, BiConsumer<JobRows, JobId> work) {
    return answerAll(List.of(call), work).get(0);
  }

  /** Sends calls that wait, all at once, and does this work on each of their jobs. */
  List<Reply> answerAll(List<Supplier<Reply>> calls, BiConsumer<JobRows, JobId> work) {
    var known = jobs();
    var replies = calls.stream().map(CompletableFuture::supplyAsync).toList();
    var jobs =
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> newSince(known), found -> found.size() == calls.size());
    jobs.forEach(job -> work.accept(rows(), new JobId(job)));
    return replies.stream().map(CompletableFuture::join).toList();
  }

  /** Work on a deactivation: the account is closed, rooms are left later. */
  static void closeAccount(JobRows rows, JobId job) {
    rows.activate(job);
    rows.fact(job, "id_server_unbind_result", "success");
    rows.stage(job, 1, "close-account", true);
    rows.stage(job, 2, "leave-rooms", false);
  }

  /** Work on a deletion of media: this one is gone. */
  static BiConsumer<JobRows, JobId> deleting(String medium) {
    return (rows, job) -> {
      rows.activate(job);
      rows.replyItem(job, 0, "deleted_media", medium);
      rows.complete(job);
    };
  }

  private Set<UUID> newSince(Set<UUID> known) {
    var found = jobs();
    found.removeAll(known);
    return found;
  }

  private Set<UUID> jobs() {
    return new HashSet<>(
        jdbi.withHandle(
            handle -> handle.select("select job_id from jobs.job").mapTo(UUID.class).list()));
  }
}
