package dev.bailiff.standalone.fault;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Records each effect in the transaction that has it, by triggers, so that effects that later jobs
 * delete are counted, too. Reports faults at the end, in SQL.
 */
final class ChaosLedger {
  private final Jdbi jdbi;

  ChaosLedger(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Begins to record. Earlier effects do not count. */
  void open() {
    jdbi.useHandle(
        handle ->
            handle
                .createScript(
                    """
                    create schema ledger;
                    create table ledger.effect (what text not null, subject text not null);
                    create function ledger.write() returns trigger language plpgsql as '
                      begin
                        insert into ledger.effect values (tg_argv[0],
                          case tg_argv[0]
                            when ''redacted'' then to_jsonb(new) ->> ''redacts''
                            when ''left'' then (to_jsonb(new) ->> ''room_id'') || '' '' || (to_jsonb(new) ->> ''state_key'')
                            when ''redaction gone'' then to_jsonb(old) ->> ''redacts''
                            when ''closed'' then to_jsonb(new) ->> ''user_id''
                            when ''erased'' then to_jsonb(new) ->> ''user_id''
                            else to_jsonb(old) ->> ''media_id'' end);
                        return null;
                      end';
                    create trigger redacted after insert on homeserver.redaction
                      for each row execute function ledger.write('redacted');
                    create trigger redaction_gone after delete on homeserver.redaction
                      for each row execute function ledger.write('redaction gone');
                    create trigger left_ after insert on homeserver.event for each row
                      when (new.type = 'm.room.member' and new.content ->> 'membership' = 'leave')
                      execute function ledger.write('left');
                    create trigger closed after update of deactivated on homeserver.account for each row
                      when (new.deactivated and not old.deactivated)
                      execute function ledger.write('closed');
                    create trigger erased after update of erased on homeserver.account for each row
                      when (old.deactivated and new.erased and not old.erased)
                      execute function ledger.write('erased');
                    create trigger media after delete on homeserver.local_media
                      for each row execute function ledger.write('media');
                    """)
                .execute());
  }

  /** Whether every job has ended, its claims are free and its events are sent. */
  boolean isSettled() {
    return number(
            """
            select (select count(*) from jobs.job where finalized_at is null)
                 + (select count(*) from jobs.claim)
                 + (select count(*) from jobs.transition where sent_at is null)
            """)
        == 0;
  }

  /** The number of steps that are done and committed so far. */
  long steps() {
    return number(
        "select coalesce(sum(done + skipped + failed), 0) + count(closed_at) from jobs.stage");
  }

  /** The number of effects of one sort. */
  long effects(String what) {
    return number("select count(*) from ledger.effect where what = '" + what + "'");
  }

  /** The faults in words; empty if all is well. */
  List<String> faults() {
    return jdbi.withHandle(handle -> handle.createQuery(FAULTS).mapTo(String.class).list());
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /** Each part of the query names the faults that it finds. */
  private static final String FAULTS =
      """
      with ended as (
        select job_id, count(*) filter (where to_status in ('completed', 'failed', 'cancelled')) as times,
               (array_agg(to_status order by transition_id desc))[1] as last
          from jobs.transition group by job_id),
      sums as (
        select job_id, stage_n, sum(total) as total, sum(done) as done, sum(failed) as failed, sum(skipped) as skipped
          from jobs.segment group by job_id, stage_n)
      select 'job ' || j.job_id || ' is ' || j.status || ' and ended ' || coalesce(e.times, 0) || ' times'
        from jobs.job j left join ended e using (job_id)
       where e.times is distinct from 1 or e.last is distinct from j.status
      union all
      select kind || ' ' || job_id || ' failed: ' || error_text from jobs.job
       where status = 'failed' and not (kind = 'purge-history' and error_code = 'M_NOT_FOUND')
      union all
      select 'job ' || job_id || ' was cancelled by nobody' from jobs.job
       where status = 'cancelled' and cancel_requested_at is null
      union all
      select 'segment ' || job_id || ' ' || stage_n || '/' || segment_n || ' is ' || status || ' in an ended job'
        from jobs.segment where status in ('ready', 'leased')
      union all
      select 'claim of ' || resource || ' is left' from jobs.claim
      union all
      select 'stage ' || s.job_id || ' ' || s.name || ' does not add up with its segments' from jobs.stage s
        left join sums using (job_id, stage_n)
       where (s.done, s.failed, s.skipped) is distinct from
             (coalesce(sums.done, 0), coalesce(sums.failed, 0), coalesce(sums.skipped, 0))
          or s.total <> coalesce(sums.total, s.total)
      union all
      select j.kind || ' ' || j.job_id || ' ' || s.name || ' settled ' || s.done || '+' || s.failed || '+' || s.skipped
             || ' of ' || s.total
        from jobs.job j join jobs.stage s using (job_id)
       where j.status = 'completed' and s.done + s.failed + s.skipped <> s.total
      union all
      select j.kind || ' ' || j.job_id || ' failed for ' || f.item || ': ' || f.text
        from jobs.failure f join jobs.job j using (job_id)
       -- nobody purges the history of a room that was deleted meanwhile
       where not (j.kind = 'purge-history' and f.code = 'M_NOT_FOUND'
                  and not exists (select from homeserver.room r where r.room_id = f.item))
         -- nobody who is suspended joins the room that replaces another
         and not (j.kind = 'delete-rooms'
                  and exists (select from homeserver.account a where a.user_id = f.item and a.suspended))
      union all
      select j.kind || ' ' || j.job_id || ': ' || t.target || ' is ' || coalesce(t.verdict, 'not verified') || ' '
             || coalesce(t.left_over::text, '')
        from jobs.job j join jobs.target t using (job_id)
       where j.status = 'completed' and not t.failed and t.verdict is distinct from 'gone'
      union all
      -- a purge of history takes redactions of state that it keeps, and the next job redacts that state again
      select e.what || ' ' || e.subject || ' ' || count(*) || ' times' from ledger.effect e
       where e.what <> 'redaction gone'
       group by e.what, e.subject
      having count(*) > 1 + (select count(*) from ledger.effect g
                              where e.what = 'redacted' and g.what = 'redaction gone' and g.subject = e.subject)
      union all
      select 'redactions: counted ' || counted || ', done ' || really
        from (select (select coalesce(sum(s.done), 0) from jobs.stage s join jobs.job using (job_id)
                       where kind = 'redact-events' and name = 'redact') as counted,
                     (select count(*) from ledger.effect where what = 'redacted') as really) as n
       where counted <> really
      union all
      select 'media: counted ' || counted || ', done ' || really
        from (select (select coalesce(sum(s.done), 0) from jobs.stage s join jobs.job using (job_id)
                       where kind = 'delete-media' and name = 'delete') as counted,
                     (select count(*) from ledger.effect where what = 'media') as really) as n
       where counted <> really
      union all
      select 'closed accounts: counted ' || counted || ', done ' || really
        from (select (select coalesce(sum(s.done), 0) from jobs.stage s join jobs.job using (job_id)
                       where kind = 'deactivate-users' and name = 'close-account') as counted,
                     -- one job closes an account, and another that erases has that left to do
                     (select count(*) from ledger.effect where what in ('closed', 'erased')) as really) as n
       where counted <> really
      union all
      select 'closed account ' || a.user_id || ' is joined to ' || m.room_id
        from homeserver.account a join homeserver.membership m using (user_id)
       where a.deactivated and m.membership = 'join'
         and exists (select from jobs.target t join jobs.job j using (job_id)
                      where t.target = a.user_id and j.kind = 'deactivate-users' and j.status = 'completed')
      union all
      select t.target || ' is not closed' from jobs.target t join jobs.job j using (job_id)
        join homeserver.account a on a.user_id = t.target
       where j.kind = 'deactivate-users' and j.status = 'completed' and not a.deactivated
      union all
      select t.target || ' is not deleted' from jobs.target t join jobs.job j using (job_id)
       where j.kind = 'delete-rooms' and j.status = 'completed'
         and (exists (select from homeserver.event e where e.room_id = t.target)
              or exists (select from homeserver.membership m where m.room_id = t.target)
              or exists (select from homeserver.room r where r.room_id = t.target))
      union all
      select m.media_id || ' of ' || t.target || ' is not deleted' from jobs.target t join jobs.job j using (job_id)
        join homeserver.local_media m on m.user_id = t.target
       where j.kind = 'delete-media' and j.status = 'completed'
      """;
}
