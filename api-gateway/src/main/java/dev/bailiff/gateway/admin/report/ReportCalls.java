package dev.bailiff.gateway.admin.report;

import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.report.EventReports;
import dev.bailiff.homeserver.store.report.UserReports;
import dev.bailiff.homeserver.store.timeline.Timeline;
import java.util.List;

/** Reports of events and users. */
public record ReportCalls(EventReports events, UserReports users, Timeline timeline)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new EventReportResource(events, timeline), new UserReportResource(users));
  }
}
