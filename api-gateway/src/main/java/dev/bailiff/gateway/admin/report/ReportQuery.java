package dev.bailiff.gateway.admin.report;

import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.QueryParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a list of reports: the page, the direction by arrival, and filters by name. */
record ReportQuery(QueryParameters parameters, Paging paging, boolean descending) {

  static ReportQuery parse(QueryParameters parameters) {
    var paging = Paging.parse(parameters);
    boolean descending = parameters.oneOf("dir", List.of("f", "b"), "b").equals("b");
    return new ReportQuery(parameters, paging, descending);
  }

  /** The text by which reports are filtered; an empty one filters nothing. */
  @Nullable String filter(String name) {
    return parameters.ascii(name).filter(value -> !value.isEmpty()).orElse(null);
  }

  /** Where the next page begins; null if no report follows. */
  @Nullable Long next(long total, int shown) {
    return paging.hasMore(total) ? paging.from() + shown : null;
  }
}
