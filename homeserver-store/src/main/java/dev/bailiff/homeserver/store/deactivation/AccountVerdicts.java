package dev.bailiff.homeserver.store.deactivation;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.store.batch.CountedNoun;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Checks whether anything is left that deactivation should have removed. */
final class AccountVerdicts {

  private static final String VERIFY =
      """
      select u.place,
             coalesce(not a.deactivated, false) as active,
             a.password_hash is not null as password,
             :erase and (not a.erased or a.displayname is not null or a.avatar_url is not null) as profile,
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
                and exists (
                  select from homeserver.current_state s
                  where s.room_id = m.room_id and s.type = 'm.room.create' and s.state_key = '')) as rooms
      from unnest(:users::text[]) with ordinality as u (user_id, place)
      left join homeserver.account a on a.user_id = u.user_id
      order by u.place
      """;

  private AccountVerdicts() {}

  static List<Verdict> verify(Handle handle, List<Target> users, boolean erase) {
    return handle
        .createQuery(VERIFY)
        .bindArray("users", String.class, users.stream().map(Target::id).toArray())
        .bind("erase", erase)
        .map(
            (rs, ctx) -> {
              List<String> left = new ArrayList<>();
              flag(left, rs.getBoolean("active"), "active account");
              flag(left, rs.getBoolean("password"), "password");
              flag(left, rs.getBoolean("profile"), "profile");
              count(left, rs.getLong("threepids"), "third-party id");
              count(left, rs.getLong("devices"), "device");
              count(left, rs.getLong("tokens"), "token");
              count(left, rs.getLong("keys"), "key");
              count(left, rs.getLong("pushers"), "pusher");
              count(left, rs.getLong("entries"), "data entry");
              count(left, rs.getLong("invites"), "invite");
              count(left, rs.getLong("rooms"), "joined room");
              return new Verdict(users.get(rs.getInt("place") - 1).number(), left);
            })
        .list();
  }

  private static void flag(List<String> left, boolean present, String thing) {
    count(left, present ? 1 : 0, thing);
  }

  private static void count(List<String> left, long count, String thing) {
    if (count > 0) {
      left.add(CountedNoun.of(count, thing));
    }
  }
}
