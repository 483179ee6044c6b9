package dev.bailiff.gateway.resource;

import dev.bailiff.gateway.http.QueryParameters;
import dev.bailiff.homeserver.store.account.AccountFilter;
import dev.bailiff.homeserver.store.account.AccountOrder;
import java.util.Arrays;
import java.util.List;

/** The query of a list of users, in the parse order of admin-api 4.3. */
final class UserListQuery {
  private static final List<String> ORDERS =
      Arrays.stream(AccountOrder.values()).map(AccountOrder::word).toList();

  private UserListQuery() {}

  static AccountFilter parse(QueryParameters query) {
    long from = query.integer("from", 0);
    long limit = query.integer("limit", 100);
    var userId = query.ascii("user_id").orElse("");
    var name = query.utf8("name").orElse("");
    boolean guests = query.bool("guests").orElse(true);
    boolean deactivated = query.bool("deactivated").orElse(false);
    boolean locked = query.bool("locked").orElse(false);
    var admins = query.bool("admins").orElse(null);
    var order =
        AccountOrder.of(query.oneOf("order_by", ORDERS, AccountOrder.NAME.word())).orElseThrow();
    boolean descending = query.oneOf("dir", List.of("f", "b"), "f").equals("b");
    return new AccountFilter(
        from,
        limit,
        userId,
        name,
        guests,
        deactivated,
        locked,
        admins,
        query.asciiList("not_user_type"),
        order,
        descending);
  }
}
