package dev.bailiff.gateway.admin.report;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import java.util.regex.Pattern;

/** The number of a report in a path. */
final class ReportId {
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]+");

  /** A number that no report has. */
  private static final long NONE = -1;

  private ReportId() {}

  /**
   * Reads the number.
   *
   * @throws ApiException 400 {@code M_INVALID_PARAM} for text that is no number, or a number below
   *     zero
   */
  static long parse(PathSegment id) {
    var text = id.value().strip();
    if (!NUMBER.matcher(text).matches()) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "The report_id parameter must be a string representing a positive integer");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return NONE; // no report has a number this high
    }
  }
}
