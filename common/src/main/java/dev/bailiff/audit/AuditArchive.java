package dev.bailiff.audit;

import dev.bailiff.database.AdvisoryLock;
import dev.bailiff.secret.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Puts a past month of the audit into a file and drops its partition, as the owner of the tables.
 * The links of the month stay, so that the chain over the other months is still whole. A line of
 * the file is the text of a row whose SHA-256 its link has.
 *
 * <p><b>Why a crash loses nothing:</b> the partition is dropped in one transaction, after the file
 * is on the disk. A crash in between leaves both; the next try writes another file.
 */
public final class AuditArchive {
  private static final int FETCHED = 1_000;

  private static final String ROWS =
      """
      select %s as text from access.audit a where a.at >= :begin and a.at < :end order by a.xid, a.audit_id
      """
          .formatted(AuditSql.TEXT);

  private static final String HEAD_OF_MONTH =
      AuditSql.LINK + " where month = :month order by link desc limit 1";

  private static final String LINKED =
      "select coalesce(sum(length(digests)) / 32, 0) from access.audit_link where month = :month";

  private static final String INSERT =
      """
      insert into access.audit_archive (month, rows, file_sha256, total, hash)
      values (:month, :rows, :sha256, :total, :hash)
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  /**
   * @param jdbi under the owner of the tables
   */
  public AuditArchive(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** A month that was archived. */
  public record Archived(YearMonth month, long rows, String sha256, AuditHead head) {}

  /**
   * Archives a month.
   *
   * @param file must not exist yet
   * @throws IllegalStateException if the month cannot be archived; nothing is changed then
   * @throws IOException if the file cannot be written; nothing is dropped then
   */
  public Archived archive(YearMonth month, Path file) throws IOException {
    if (!month.isBefore(YearMonth.now(clock.withZone(ZoneOffset.UTC)))) {
      throw new IllegalStateException(month + " is not over yet");
    }
    var report = new AuditVerification(jdbi).run(List.of());
    if (!report.isWhole()) {
      throw new IllegalStateException(
          "the audit is not whole, and stays as it is: " + report.faults().get(0));
    }
    var first = month.atDay(1);
    var digest = Sha256.begin();
    long written = write(first, file, digest);
    var sha256 = HexFormat.of().formatHex(digest.digest());
    return jdbi.inTransaction(handle -> drop(handle, month, written, sha256));
  }

  private long write(LocalDate first, Path file, MessageDigest digest) throws IOException {
    var rights = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
            FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights);
        var output =
            new DigestOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(channel)), digest)) {
      long rows =
          jdbi.inTransaction(
              handle -> {
                long count = 0;
                try (var texts =
                    handle
                        .createQuery(ROWS)
                        .setFetchSize(FETCHED)
                        .bind("begin", first.atStartOfDay().atOffset(ZoneOffset.UTC))
                        .bind("end", first.plusMonths(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                        .mapTo(String.class)
                        .iterator()) {
                  while (texts.hasNext()) {
                    line(output, texts.next());
                    count++;
                  }
                }
                return count;
              });
      output.flush();
      channel.force(true);
      return rows;
    }
  }

  private static void line(OutputStream output, String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.UTF_8));
    output.write('\n');
  }

  private static Archived drop(Handle handle, YearMonth month, long written, String sha256) {
    handle.execute(AdvisoryLock.AUDIT_CHAIN.take());
    handle.execute("set local lock_timeout = '10s'");
    var first = month.atDay(1);
    var partition = "access.audit_" + first.toString().substring(0, 7).replace('-', '_');
    var head =
        handle
            .createQuery(HEAD_OF_MONTH)
            .bind("month", first)
            .map((rs, ctx) -> AuditLink.read(rs).head())
            .findOne()
            .orElseThrow(() -> new IllegalStateException("there are no rows of " + month));
    boolean exists =
        handle
            .createQuery("select to_regclass(:partition) is not null")
            .bind("partition", partition)
            .mapTo(Boolean.class)
            .one();
    if (!exists) {
      throw new IllegalStateException("there is no partition of " + month);
    }
    handle.execute("alter table access.audit detach partition " + partition);
    long there = handle.createQuery("select count(*) from " + partition).mapTo(Long.class).one();
    long linked = handle.createQuery(LINKED).bind("month", first).mapTo(Long.class).one();
    if (there != written || linked != written) {
      throw new IllegalStateException(
          month
              + " has rows that are not chained yet: try again in a few seconds, with another file");
    }
    handle.execute("drop table " + partition);
    handle
        .createUpdate(INSERT)
        .bind("month", first)
        .bind("rows", written)
        .bind("sha256", sha256)
        .bind("total", head.number())
        .bind("hash", HexFormat.of().parseHex(head.hash()))
        .execute();
    new AuditEntry(
            "command",
            null,
            null,
            "audit archive",
            month.toString(),
            null,
            null,
            "done " + written + " sha256:" + sha256)
        .insert(handle);
    return new Archived(month, written, sha256, head);
  }
}
