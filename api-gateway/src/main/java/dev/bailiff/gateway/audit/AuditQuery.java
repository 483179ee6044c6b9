package dev.bailiff.gateway.audit;

import dev.bailiff.audit.AuditReader;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.gateway.request.StorableTime;
import dev.bailiff.job.JobId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The query of a list of the audit. Each question may throw an {@link ApiException} of 400. */
final class AuditQuery {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private AuditQuery() {}

  static AuditReader.Filter filter(QueryParameters query) {
    return new AuditReader.Filter(
        query.utf8("who").orElse(null),
        query.utf8("what").orElse(null),
        query.utf8("whom").orElse(null),
        job(query),
        instant(query, "after"),
        instant(query, "before"));
  }

  static int limit(QueryParameters query) {
    long limit = query.integer("limit", USUAL);
    if (limit == 0) {
      throw invalid("limit must be 1 or more");
    }
    return (int) Math.min(limit, MOST);
  }

  /** The place that a {@code next} of an earlier page names. */
  static Optional<AuditReader.Place> from(QueryParameters query) {
    return query.ascii("from").map(AuditQuery::place);
  }

  static String write(AuditReader.Place place) {
    return place.at() + "_" + place.id();
  }

  private static AuditReader.Place place(String text) {
    int end = text.indexOf('_');
    try {
      return new AuditReader.Place(
          StorableTime.parse(text.substring(0, Math.max(0, end))),
          Long.parseLong(text.substring(end + 1)));
    } catch (DateTimeParseException | NumberFormatException e) {
      throw invalid("from must be the 'next' of an earlier page");
    }
  }

  private static @Nullable UUID job(QueryParameters query) {
    var text = query.ascii("job");
    if (text.isEmpty()) {
      return null;
    }
    return JobId.parse(text.get())
        .orElseThrow(() -> invalid("job must be the id of a job"))
        .value();
  }

  private static @Nullable Instant instant(QueryParameters query, String name) {
    try {
      return query.ascii(name).map(StorableTime::parse).orElse(null);
    } catch (DateTimeParseException e) {
      throw invalid(name + " must look like 2026-11-23T08:00:00Z");
    }
  }

  private static ApiException invalid(String text) {
    return ApiException.bad(Errcode.M_INVALID_PARAM, "Query parameter " + text);
  }
}
