package dev.bailiff.worker;

import org.jdbi.v3.core.Jdbi;

/** What the own store still has of some users, counted by SQL of its own. */
public record AccountTraces(Jdbi jdbi, String... users) {

  /** Accounts that are not suspended. */
  public long unsuspended() {
    return count(
        "select count(*) from homeserver.account where user_id = any(:users) and not suspended");
  }

  /** Accounts that are not deactivated. */
  public long active() {
    return count(
        "select count(*) from homeserver.account where user_id = any(:users) and not deactivated");
  }

  /** Accounts that are not erased. */
  public long notErased() {
    return count(
        "select count(*) from homeserver.account where user_id = any(:users) and not erased");
  }

  /** Events that a redaction covers and that are not redacted, in any room. */
  public long unredacted() {
    return count(
        """
        select count(*) from homeserver.event e
         where e.sender = any(:users)
           and (e.type in ('m.room.message', 'm.room.encrypted')
                or e.type = 'm.room.member' and e.content ->> 'membership' = 'join')
           and not exists (select from homeserver.redaction r where r.redacts = e.event_id)
        """);
  }

  /** Redactions beyond the first one of an event. */
  public long redactedTwice() {
    return count(
        """
        select count(*) from (
          select r.redacts from homeserver.redaction r
            join homeserver.event e on e.event_id = r.event_id
           where e.sender = any(:users) and e.type = 'm.room.redaction'
           group by r.redacts having count(*) > 1) twice
        """);
  }

  public long media() {
    return count("select count(*) from homeserver.local_media where user_id = any(:users)");
  }

  public long joinedRooms() {
    return count(
        "select count(*) from homeserver.membership where user_id = any(:users) and membership = 'join'");
  }

  private long count(String sql) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind("users", users).mapTo(Long.class).one());
  }
}
