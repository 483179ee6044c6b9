package dev.bailiff.gateway.admin.statistic;

import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.statistic.LargestRooms;
import dev.bailiff.homeserver.store.statistic.UserMediaStatistics;
import java.util.List;

/** Statistics of media and rooms. */
public record StatisticCalls(UserMediaStatistics media, LargestRooms rooms) implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new UserMediaStatisticsResource(media), new LargestRoomsResource(rooms));
  }
}
