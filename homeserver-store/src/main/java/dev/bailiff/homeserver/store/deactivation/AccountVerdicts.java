package dev.bailiff.homeserver.store.deactivation;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.store.event.CurrentState;
import dev.bailiff.text.CountedNoun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Checks whether anything is left that deactivation should have removed. */
final class AccountVerdicts {

  private static final String VERIFY =
      """
      select u.place,
             (not a.deactivated)::int as active,
             (a.password_hash is not null)::int as password,
             (:erase and (not a.erased or a.displayname is not null or a.avatar_url is not null))::int as profile,
             (select count(*) from homeserver.threepid t where t.user_id = u.user_id) as threepids,
             (select count(*) from homeserver.device d
              where d.user_id = u.user_id and not d.hidden) as devices,
             (select count(*) from homeserver.access_token t where t.user_id = u.user_id) as tokens,
             (select count(*) from homeserver.e2e_key k where k.user_id = u.user_id) as keys,
             (select count(*) from homeserver.pusher p where p.user_id = u.user_id) as pushers,
             (select count(*) from homeserver.account_data d where d.user_id = u.user_id)
               + (select count(*) from homeserver.push_rules r where r.user_id = u.user_id) as entries,
             (select count(*) from homeserver.membership m
              where m.user_id = u.user_id and m.membership in ('invite', 'knock')
                and exists (select from homeserver.room r where r.room_id = m.room_id)) as invites,
             (select count(*) from homeserver.membership m
              where m.user_id = u.user_id and m.membership = 'join'
                and %s) as rooms
      from unnest(:users::text[]) with ordinality as u (user_id, place)
      left join homeserver.account a on a.user_id = u.user_id
      order by u.place
      """
          .formatted(CurrentState.existsIn("m.room_id"));

  /** The columns of {@link #VERIFY} in the order of the verdict, and the word for each. */
  private static final List<Thing> THINGS =
      List.of(
          new Thing("active", "active account"),
          new Thing("password", "password"),
          new Thing("profile", "profile"),
          new Thing("threepids", "third-party id"),
          new Thing("devices", "device"),
          new Thing("tokens", "token"),
          new Thing("keys", "key"),
          new Thing("pushers", "pusher"),
          new Thing("entries", "data entry"),
          new Thing("invites", "invite"),
          new Thing("rooms", "joined room"));

  private record Thing(String column, String word) {}

  private AccountVerdicts() {}

  static List<Verdict> verify(Handle handle, List<Target> users, boolean erase) {
    return handle
        .createQuery(VERIFY)
        .bindArray("users", String.class, users.stream().map(Target::id).toArray())
        .bind("erase", erase)
        .map(
            (rs, ctx) -> {
              var verdict = new Verdict(users.get(rs.getInt("place") - 1).number(), left(rs));
              // The account was closed in a transaction: somebody has opened it since.
              return rs.getLong("active") > 0 ? verdict.asChangedSince() : verdict;
            })
        .list();
  }

  private static List<String> left(ResultSet rs) throws SQLException {
    List<String> left = new ArrayList<>();
    for (Thing thing : THINGS) {
      long count = rs.getLong(thing.column);
      if (count > 0) {
        left.add(CountedNoun.of(count, thing.word));
      }
    }
    return left;
  }
}
