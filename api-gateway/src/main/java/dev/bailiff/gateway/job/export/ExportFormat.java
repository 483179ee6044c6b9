package dev.bailiff.gateway.job.export;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.QueryParameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The form in which a whole list is written. */
public enum ExportFormat {
  CSV("text/csv; charset=UTF-8"),
  NDJSON("application/x-ndjson");

  /** The word for pages of JSON, which are no export. */
  private static final String PAGES = "json";

  private static final List<String> WORDS =
      Arrays.stream(values()).map(ExportFormat::word).toList();

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /**
   * The format that a query asks for; empty if it asks for a page.
   *
   * @throws ApiException 400, also for a page of an export: an export has everything
   */
  public static Optional<ExportFormat> of(QueryParameters query) {
    var allowed = new ArrayList<>(WORDS);
    allowed.add(PAGES);
    var word = query.oneOf("format", allowed, PAGES);
    var format = Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    if (format.isPresent() && (query.has("from") || query.has("limit"))) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "Query parameters from and limit are of pages; format=" + word + " has everything");
    }
    return format;
  }

  /** The word of the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value of {@code Content-Type}. */
  public String mediaType() {
    return mediaType;
  }

  <T> RowWriter<T> writer(ExportedList<T> list, OutputStream output) throws IOException {
    return this == CSV
        ? new CsvRows<>(list.columns(), output)
        : new JsonRows<>(list.reply(), output);
  }
}
