package dev.bailiff.gateway.admin.user;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.store.account.AccountFilter;
import dev.bailiff.homeserver.store.account.AccountOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The query of a list of users, in the parse order of admin-api 4.3. */
record UserListQuery(boolean guestsAreKnown) {
  private static final List<String> ORDERS =
      Arrays.stream(AccountOrder.values()).map(AccountOrder::word).toList();

  /**
   * The meaning of the parameter {@code deactivated}, the only difference between the two versions.
   */
  enum Deactivated {
    /** Whether deactivated users are listed as well; by default they are not (admin-api 4.3). */
    AS_WELL,
    /**
     * Whether only deactivated users are listed, or only others; by default both (admin-api 4.4).
     */
    ONLY;

    private @Nullable Boolean filter(Optional<Boolean> parameter) {
      return switch (this) {
        case AS_WELL -> parameter.orElse(false) ? null : Boolean.FALSE;
        case ONLY -> parameter.orElse(null);
      };
    }
  }

  AccountFilter parse(QueryParameters query, Deactivated meaning) {
    var paging = Paging.parse(query);
    var userId = query.ascii("user_id").orElse("");
    var name = query.utf8("name").orElse("");
    boolean guests = query.bool("guests").orElse(true);
    if (guests && !guestsAreKnown) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "The guests parameter is not supported here: guests=false is");
    }
    var deactivated = meaning.filter(query.bool("deactivated"));
    boolean locked = query.bool("locked").orElse(false);
    var admins = query.bool("admins").orElse(null);
    var order =
        AccountOrder.of(query.oneOf("order_by", ORDERS, AccountOrder.NAME.word())).orElseThrow();
    boolean descending = query.oneOf("dir", List.of("f", "b"), "f").equals("b");
    return new AccountFilter(
        paging.from(),
        paging.limit(),
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
