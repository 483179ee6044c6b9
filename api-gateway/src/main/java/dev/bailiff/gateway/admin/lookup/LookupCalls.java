package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.gateway.admin.user.NewUserIds;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.UserRooms;
import java.util.List;

/** Look-ups of users by other names, and of their rooms. */
public record LookupCalls(Accounts accounts, NewUserIds names, UserRooms rooms)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new JoinedRoomsResource(rooms),
        new MembershipResource(rooms),
        new InviteCountResource(rooms),
        new JoinCountResource(rooms),
        new UsernameResource(names),
        new ExternalIdResource(accounts),
        new ThreepidResource(accounts));
  }
}
