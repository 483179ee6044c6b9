package dev.bailiff.audit;

import dev.bailiff.database.AdvisoryLock;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Chains the rows of the audit, oldest transaction first. A row is chained when every transaction
 * before its own and its own have ended: no row can come in between any more. A transaction that
 * runs for long holds the chain up, and nothing else.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> the links of a round are one
 * transaction, under a lock, and begin where the last link ends. Any number of processes may chain.
 */
public final class AuditChain {
  /** Rows of a round. */
  static final int ROWS = 1_000;

  private static final String LAST = AuditSql.LINK + " order by link desc limit 1";

  static final String UNCHAINED =
      """
      select a.xid::text as xid, a.audit_id, %s as month, %s as digest
        from access.audit a
       where (a.xid, a.audit_id) > (:xid::xid8, :id) and a.xid < pg_snapshot_xmin(pg_current_snapshot())
       order by a.xid, a.audit_id
       limit %d
      """
          .formatted(AuditSql.MONTH, AuditSql.DIGEST, ROWS);

  private static final String INSERT =
      """
      insert into access.audit_link (link, month, after_xid, after_id, last_xid, last_id, total, digests, hash)
      values (:link, :month, :afterXid::xid8, :afterId, :lastXid::xid8, :lastId, :total, :digests, :hash)
      """;

  private static final String MAKE_PARTITIONS = "select access.make_audit_partitions()";

  private final Jdbi jdbi;

  public AuditChain(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Row(AuditPlace place, LocalDate month, byte[] digest) {}

  /** Chains the oldest rows that can be chained. Returns whether there may be more. */
  public boolean link() {
    return jdbi.inTransaction(
        handle -> {
          boolean isOurs =
              handle.createQuery(AdvisoryLock.AUDIT_CHAIN.tryToTake()).mapTo(Boolean.class).one();
          return isOurs && link(handle) == ROWS;
        });
  }

  private static int link(Handle handle) {
    var before = last(handle);
    var from = before.last();
    var rows = unchained(handle, from);
    if (rows.isEmpty()) {
      return 0;
    }
    var upTo = rows.get(rows.size() - 1).place();
    var months = new LinkedHashMap<LocalDate, ByteArrayOutputStream>();
    rows.forEach(
        row ->
            months
                .computeIfAbsent(row.month(), any -> new ByteArrayOutputStream())
                .writeBytes(row.digest()));
    for (var month : months.entrySet()) {
      before = before.next(month.getKey(), from, upTo, month.getValue().toByteArray());
      insert(handle, before);
    }
    return rows.size();
  }

  private static AuditLink last(Handle handle) {
    return handle
        .createQuery(LAST)
        .map((rs, ctx) -> AuditLink.read(rs))
        .findOne()
        .orElse(AuditLink.NONE);
  }

  private static List<Row> unchained(Handle handle, AuditPlace from) {
    return handle
        .createQuery(UNCHAINED)
        .bind("xid", from.xid())
        .bind("id", from.id())
        .map(
            (rs, ctx) ->
                new Row(
                    new AuditPlace(rs.getString("xid"), rs.getLong("audit_id")),
                    rs.getObject("month", LocalDate.class),
                    rs.getBytes("digest")))
        .list();
  }

  private static void insert(Handle handle, AuditLink link) {
    handle
        .createUpdate(INSERT)
        .bind("link", link.number())
        .bind("month", link.month())
        .bind("afterXid", link.after().xid())
        .bind("afterId", link.after().id())
        .bind("lastXid", link.last().xid())
        .bind("lastId", link.last().id())
        .bind("total", link.total())
        .bind("digests", link.digests())
        .bind("hash", link.hash())
        .execute();
  }

  /** The end of the chain; empty if nothing is chained. */
  public Optional<AuditHead> head() {
    return Optional.of(jdbi.withHandle(AuditChain::last))
        .filter(link -> link.number() > 0)
        .map(AuditLink::head);
  }

  /** Makes the partitions of the next months, if they are missing. */
  public void makePartitions() {
    jdbi.useHandle(handle -> handle.createQuery(MAKE_PARTITIONS).mapTo(Integer.class).one());
  }
}
