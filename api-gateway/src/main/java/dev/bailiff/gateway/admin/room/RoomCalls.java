package dev.bailiff.gateway.admin.room;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.room.RoomList;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.roomadmin.RoomAdmins;
import dev.bailiff.homeserver.store.roomadmin.RoomJoins;
import java.util.List;

/** Calls that read rooms, and changes of rooms that need no job. */
public record RoomCalls(
    Rooms rooms,
    RoomList list,
    RoomAdmins admins,
    RoomJoins joins,
    Accounts accounts,
    LocalServer localServer,
    Guard guard)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new RoomResource(rooms, localServer),
        new RoomListResource(list),
        new RoomMembersResource(rooms),
        new RoomBlockResource(rooms, guard),
        new RoomAliasesResource(rooms),
        new AliasResource(rooms, localServer),
        new RoomAdminResource(rooms, admins, localServer),
        new JoinResource(rooms, joins, accounts, localServer));
  }
}
