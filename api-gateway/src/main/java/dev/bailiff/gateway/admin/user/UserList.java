package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.store.account.Accounts;

/**
 * A list of users, in whichever version (admin-api 4.3, 4.4).
 *
 * @param guestsAreKnown whether guests can be listed, which they cannot where login is delegated
 */
public record UserList(Accounts accounts, boolean guestsAreKnown) {

  ObjectNode reply(QueryParameters query, UserListQuery.Deactivated meaning) {
    var filter = new UserListQuery(guestsAreKnown).parse(query, meaning);
    var page = accounts.list(filter);
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("users");
    page.items().forEach(user -> list.add(UserJson.of(user)));
    body.put("total", page.total());
    if (new Paging(filter.from(), filter.limit()).hasMore(page.total())) {
      body.put("next_token", Long.toString(filter.from() + page.items().size()));
    }
    return body;
  }
}
