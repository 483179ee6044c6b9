package dev.bailiff.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of the audit with their chain, and the chain with heads that were kept
 * elsewhere. A row that was changed, added in between or taken away shows, and so does a link. What
 * was cut off at the end, rows and links, shows by a head of before alone.
 *
 * <p>Reads a link at a time, beside everything that writes.
 */
public final class AuditVerification {
  private static final int LINKS = 50;
  private static final int MOST_FAULTS = 50;

  private static final String LINKS_BEHIND =
      AuditSql.LINK + " where link > :behind order by link limit " + LINKS;

  private static final String ROWS =
      """
      select a.audit_id, a.at, encode(%s, 'hex') as digest
        from access.audit a
       where (a.xid, a.audit_id) > (:afterXid::xid8, :afterId) and (a.xid, a.audit_id) <= (:lastXid::xid8, :lastId)
         and a.at >= :begin and a.at < :end
       order by a.xid, a.audit_id
      """
          .formatted(AuditSql.DIGEST);

  private static final String COUNT_CHAINED =
      "select count(*) from access.audit a where (a.xid, a.audit_id) <= (:xid::xid8, :id)";

  private static final String UNCHAINED =
      "select count(*) as rows, min(a.at) as since from access.audit a where (a.xid, a.audit_id) > (:xid::xid8, :id)";

  private static final String ARCHIVED =
      "select month, rows, file_sha256, total, hash from access.audit_archive order by month";

  private final Jdbi jdbi;
  private final List<String> faults = new ArrayList<>();
  private long furtherFaults;
  private long rows;

  public AuditVerification(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Row(long id, Instant at, String digest) {}

  private record Archive(LocalDate month, long rows, String sha256, AuditHead head) {}

  private record Tail(long rows, @Nullable Instant since) {}

  /**
   * Verifies the whole audit; called once.
   *
   * @param kept heads that were kept elsewhere
   */
  public AuditReport run(List<AuditHead> kept) {
    var archives = archives();
    Map<Long, String> wanted = new TreeMap<>();
    kept.forEach(
        head -> {
          var other = wanted.putIfAbsent(head.number(), head.hash());
          if (other != null && !other.equals(head.hash())) {
            fault("two different heads are given with the number " + head.number());
          }
        });
    archives
        .values()
        .forEach(archive -> wanted.putIfAbsent(archive.head().number(), archive.head().hash()));
    var last = AuditLink.NONE;
    for (var page = linksBehind(0); !page.isEmpty(); page = linksBehind(last.number())) {
      for (var link : page) {
        checkLink(last, link);
        checkHead(link, wanted);
        if (!archives.containsKey(link.month())) {
          checkRows(link);
        }
        last = link;
      }
    }
    for (var missing : wanted.keySet()) {
      fault(
          "no link ends at the head with the number "
              + missing
              + (missing > last.total()
                  ? ": what was behind " + last.total() + " is cut off"
                  : ""));
    }
    checkCount(last);
    var tail = tail(last.last());
    return new AuditReport(
        Optional.of(last).filter(link -> link.number() > 0).map(AuditLink::head),
        rows,
        archives.values().stream()
            .map(
                one ->
                    one.month().toString().substring(0, 7)
                        + ", "
                        + one.rows()
                        + " rows, file sha256:"
                        + one.sha256())
            .toList(),
        tail.rows(),
        Optional.ofNullable(tail.since()),
        List.copyOf(faults),
        furtherFaults);
  }

  private static String name(AuditLink link) {
    return "link " + link.number();
  }

  private void fault(String sentence) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(sentence);
    } else {
      furtherFaults++;
    }
  }

  private List<AuditLink> linksBehind(long number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LINKS_BEHIND)
                .bind("behind", number)
                .map((rs, ctx) -> AuditLink.read(rs))
                .list());
  }

  private void checkLink(AuditLink before, AuditLink link) {
    if (link.number() != before.number() + 1) {
      fault("links " + (before.number() + 1) + " to " + (link.number() - 1) + " are missing");
      return; // its hash says nothing without the one before
    }
    boolean isSibling = link.last().equals(before.last()) && link.after().equals(before.after());
    boolean isBehind =
        link.after().equals(before.last()) && link.last().compareTo(before.last()) > 0;
    if (!(isSibling || isBehind) || link.total() != before.total() + link.rows()) {
      fault(name(link) + " does not begin where the link before ends");
    }
    if (!Arrays.equals(link.hash(), link.hashBehind(before))) {
      fault(name(link) + " was changed, or the one before it: its hash is another");
    }
  }

  private void checkHead(AuditLink link, Map<Long, String> wanted) {
    var hash = wanted.remove(link.total());
    if (hash != null && !hash.equals(link.head().hash())) {
      fault(
          "the head with the number "
              + link.total()
              + " had another hash: something up to there was changed");
    }
  }

  private void checkRows(AuditLink link) {
    var found = rowsOf(link);
    rows += found.size();
    // Digests that are still to be met, each with its place in the link.
    var open = new LinkedHashMap<String, Integer>();
    for (int n = 0; n < link.rows(); n++) {
      open.put(link.digest(n), n);
    }
    var others = new ArrayList<Row>();
    int place = -1;
    for (var row : found) {
      var expected = open.remove(row.digest());
      if (expected == null) {
        others.add(row);
      } else if (expected < place) {
        fault(name(link) + ": row " + row.id() + " stands at another place than it did");
      } else {
        place = expected;
      }
    }
    long missing = open.size() - others.size();
    others.forEach(
        row ->
            fault(
                name(link)
                    + ": row "
                    + row.id()
                    + " of "
                    + row.at()
                    + (missing >= 0 ? " was changed" : " was changed or added")));
    if (missing > 0) {
      fault(
          name(link)
              + ": "
              + missing
              + (missing == 1 ? " row is missing" : " rows are missing")
              + " of rows "
              + (link.total() - link.rows() + 1)
              + " to "
              + link.total());
    }
  }

  private List<Row> rowsOf(AuditLink link) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ROWS)
                .bind("afterXid", link.after().xid())
                .bind("afterId", link.after().id())
                .bind("lastXid", link.last().xid())
                .bind("lastId", link.last().id())
                .bind("begin", link.month().atStartOfDay().atOffset(ZoneOffset.UTC))
                .bind("end", link.month().plusMonths(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .map(
                    (rs, ctx) ->
                        new Row(
                            rs.getLong("audit_id"),
                            rs.getObject("at", OffsetDateTime.class).toInstant(),
                            rs.getString("digest")))
                .list());
  }

  /** Rows may also have been put where no link looks for them. */
  private void checkCount(AuditLink last) {
    long chained =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(COUNT_CHAINED)
                    .bind("xid", last.last().xid())
                    .bind("id", last.last().id())
                    .mapTo(Long.class)
                    .one());
    if (chained > rows) {
      fault((chained - rows) + " rows stand beside the chain: they were added behind it");
    }
  }

  private Tail tail(AuditPlace last) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(UNCHAINED)
                .bind("xid", last.xid())
                .bind("id", last.id())
                .map(
                    (rs, ctx) -> {
                      var since = rs.getObject("since", OffsetDateTime.class);
                      return new Tail(rs.getLong("rows"), since == null ? null : since.toInstant());
                    })
                .one());
  }

  private Map<LocalDate, Archive> archives() {
    return jdbi.withHandle(AuditVerification::archives);
  }

  private static Map<LocalDate, Archive> archives(Handle handle) {
    var archives = new TreeMap<LocalDate, Archive>();
    handle
        .createQuery(ARCHIVED)
        .map(
            (rs, ctx) ->
                new Archive(
                    rs.getObject("month", LocalDate.class),
                    rs.getLong("rows"),
                    rs.getString("file_sha256"),
                    new AuditHead(
                        rs.getLong("total"), HexFormat.of().formatHex(rs.getBytes("hash")))))
        .forEach(archive -> archives.put(archive.month(), archive));
    return archives;
  }
}
