package dev.bailiff.gateway.admin.user;

import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.schemas.api.user.UserPageReply;

/**
 * A list of users, in both versions (admin-api 4.3, 4.4).
 *
 * @param guestsAreKnown whether guests can be listed; false where login is delegated
 */
public record UserList(Accounts accounts, boolean guestsAreKnown) {

  UserPageReply reply(QueryParameters query, UserListQuery.Deactivated meaning) {
    var filter = new UserListQuery(guestsAreKnown).parse(query, meaning);
    var page = accounts.list(filter);
    boolean more = new Paging(filter.from(), filter.limit()).hasMore(page.total());
    return new UserPageReply(
        page.items().stream().map(UserReplies::of).toList(),
        page.total(),
        more ? Long.toString(filter.from() + page.items().size()) : null);
  }
}
