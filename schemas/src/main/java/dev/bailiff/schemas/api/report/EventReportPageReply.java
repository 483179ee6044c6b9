package dev.bailiff.schemas.api.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of reports on events (admin-api 5.36).
 *
 * @param total reports on all pages
 * @param nextToken the {@code from} of the next page; absent on the last page
 */
public record EventReportPageReply(
    List<EventReportReply> eventReports,
    long total,
    @JsonInclude(Include.NON_NULL) @Nullable Long nextToken) {}
