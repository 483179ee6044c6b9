package dev.bailiff.gateway;

import dev.bailiff.gateway.admin.event.ContextResource;
import dev.bailiff.gateway.admin.event.EventByTimeResource;
import dev.bailiff.gateway.admin.event.FetchedEventResource;
import dev.bailiff.gateway.admin.event.ForwardExtremitiesResource;
import dev.bailiff.gateway.admin.event.HierarchyResource;
import dev.bailiff.gateway.admin.event.MessagesResource;
import dev.bailiff.gateway.admin.event.RoomStateResource;
import dev.bailiff.gateway.admin.federation.DestinationResource;
import dev.bailiff.gateway.admin.media.LegacyRoomQuarantineResource;
import dev.bailiff.gateway.admin.media.ProtectionResource;
import dev.bailiff.gateway.admin.media.QuarantineChangesResource;
import dev.bailiff.gateway.admin.media.QuarantineResource;
import dev.bailiff.gateway.admin.media.RemoteMediaPurgeResource;
import dev.bailiff.gateway.admin.media.RoomMediaResource;
import dev.bailiff.gateway.admin.media.UnprotectionResource;
import dev.bailiff.gateway.admin.media.UnquarantineResource;
import dev.bailiff.gateway.admin.media.UserQuarantineResource;
import dev.bailiff.gateway.admin.registration.NewRegistrationTokenResource;
import dev.bailiff.gateway.admin.registration.RegistrationTokenResource;
import dev.bailiff.gateway.admin.report.EventReportResource;
import dev.bailiff.gateway.admin.report.UserReportResource;
import dev.bailiff.gateway.admin.room.AliasResource;
import dev.bailiff.gateway.admin.room.JoinResource;
import dev.bailiff.gateway.admin.room.RoomAdminResource;
import dev.bailiff.gateway.admin.room.RoomAliasesResource;
import dev.bailiff.gateway.admin.room.RoomListResource;
import dev.bailiff.gateway.admin.statistic.LargestRoomsResource;
import dev.bailiff.gateway.admin.statistic.UserMediaStatisticsResource;
import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.federation.Destinations;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RemoteMedia;
import dev.bailiff.homeserver.store.media.RoomMedia;
import dev.bailiff.homeserver.store.registration.RegistrationTokens;
import dev.bailiff.homeserver.store.report.EventReports;
import dev.bailiff.homeserver.store.report.UserReports;
import dev.bailiff.homeserver.store.room.RoomList;
import dev.bailiff.homeserver.store.room.RoomSummaries;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.roomadmin.RoomAdmins;
import dev.bailiff.homeserver.store.roomadmin.RoomJoins;
import dev.bailiff.homeserver.store.statistic.LargestRooms;
import dev.bailiff.homeserver.store.statistic.UserMediaStatistics;
import dev.bailiff.homeserver.store.timeline.Hierarchy;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.Timeline;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * Resources on rooms, media and what else there is beside users that answer from the store at once.
 * Nothing but wiring. Their paths are tried before those of {@code MediaResource}, which could be
 * taken for some of them.
 */
final class LightResources {

  private LightResources() {}

  /**
   * @param delegated whether login is delegated, and registration with it
   */
  static List<Object> of(
      Jdbi jdbi, Clock clock, Identity identity, RoomSummaries summaries, boolean delegated) {
    var timeline = new Timeline(jdbi, clock);
    return Stream.of(
            rooms(jdbi, identity, new RoomList(jdbi, summaries)),
            events(jdbi, identity, timeline, new RoomState(jdbi, clock)),
            media(jdbi, identity),
            delegated ? List.<Object>of() : registration(jdbi, clock),
            rest(jdbi, new EventReportResource(new EventReports(jdbi, summaries), timeline)))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Object> rooms(Jdbi jdbi, Identity identity, RoomList list) {
    var rooms = new Rooms(jdbi);
    return List.of(
        new RoomListResource(list),
        new RoomAdminResource(rooms, new RoomAdmins(jdbi), identity),
        new JoinResource(rooms, new RoomJoins(jdbi), new Accounts(jdbi), identity),
        new RoomAliasesResource(rooms),
        new AliasResource(rooms, identity));
  }

  private static List<Object> events(
      Jdbi jdbi, Identity identity, Timeline timeline, RoomState state) {
    var rooms = new Rooms(jdbi);
    return List.of(
        new RoomStateResource(rooms, state),
        new MessagesResource(timeline, state),
        new ContextResource(timeline, state),
        new FetchedEventResource(timeline),
        new EventByTimeResource(timeline),
        new HierarchyResource(rooms, new Hierarchy(jdbi, rooms), identity),
        new ForwardExtremitiesResource(rooms, timeline));
  }

  private static List<Object> media(Jdbi jdbi, Identity identity) {
    var quarantine = new Quarantine(jdbi);
    var ofRooms = new RoomMedia(jdbi);
    return List.of(
        new RemoteMediaPurgeResource(new RemoteMedia(jdbi)),
        new RoomMediaResource(ofRooms, quarantine, identity),
        new LegacyRoomQuarantineResource(ofRooms, quarantine, identity),
        new QuarantineResource(quarantine, identity),
        new UnquarantineResource(quarantine, identity),
        new UserQuarantineResource(quarantine, identity),
        new QuarantineChangesResource(quarantine),
        new ProtectionResource(quarantine),
        new UnprotectionResource(quarantine));
  }

  private static List<Object> registration(Jdbi jdbi, Clock clock) {
    var tokens = new RegistrationTokens(jdbi);
    return List.of(
        new NewRegistrationTokenResource(tokens, clock),
        new RegistrationTokenResource(tokens, clock));
  }

  private static List<Object> rest(Jdbi jdbi, EventReportResource eventReports) {
    return List.of(
        eventReports,
        new UserReportResource(new UserReports(jdbi)),
        new UserMediaStatisticsResource(new UserMediaStatistics(jdbi)),
        new LargestRoomsResource(new LargestRooms(jdbi)),
        new DestinationResource(new Destinations(jdbi)));
  }
}
