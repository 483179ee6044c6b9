package dev.bailiff.gateway.job;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.gateway.request.StorableTime;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.store.JobListReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a list of jobs. */
final class JobListQuery {
  private static final List<String> STATUSES =
      Arrays.stream(JobStatus.values()).map(JobStatus::word).toList();

  private JobListQuery() {}

  static JobFilter filter(QueryParameters query) {
    return new JobFilter(
        query.bytes("status").isPresent()
            ? JobStatus.of(query.oneOf("status", STATUSES, ""))
            : null,
        kind(query),
        query.utf8("target").orElse(null),
        query.utf8("requester").orElse(null),
        instant(query, "accepted_after"),
        instant(query, "accepted_before"),
        text(query),
        job(query, "retry_of"),
        job(query, "plan_job_id"));
  }

  /** A cursor: opaque to clients. */
  static String write(JobListReader.Position last) {
    var text = last.acceptedAt() + "/" + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException if the cursor is not ours
   */
  static JobListReader.Position read(String cursor) {
    var parts =
        new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("/", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a cursor");
    }
    try {
      return new JobListReader.Position(
          StorableTime.parse(parts[0]),
          JobId.parse(parts[1]).orElseThrow(() -> new IllegalArgumentException("not a cursor")));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a cursor", e);
    }
  }

  private static @Nullable JobKind kind(QueryParameters query) {
    try {
      return query.ascii("kind").map(JobKind::new).orElse(null);
    } catch (IllegalArgumentException e) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Query parameter kind names no kind");
    }
  }

  private static @Nullable String text(QueryParameters query) {
    var text = query.utf8("text");
    if (text.filter(String::isBlank).isPresent()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Query parameter text must not be empty");
    }
    return text.orElse(null);
  }

  private static @Nullable JobId job(QueryParameters query, String name) {
    var id = query.ascii(name);
    if (id.isEmpty()) {
      return null;
    }
    return JobId.parse(id.get())
        .orElseThrow(
            () ->
                ApiException.bad(
                    Errcode.M_INVALID_PARAM,
                    "Query parameter " + name + " must be the id of a job"));
  }

  private static @Nullable Instant instant(QueryParameters query, String name) {
    try {
      return query.ascii(name).map(StorableTime::parse).orElse(null);
    } catch (DateTimeParseException e) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "Query parameter " + name + " must look like 2026-11-23T08:00:00Z");
    }
  }
}
