package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.gateway.admin.user.NewUserIds;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.UserRooms;
import java.util.List;

/** Users by other names, and what they are in. */
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
