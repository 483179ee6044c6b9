package dev.bailiff.audit;

import dev.bailiff.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A link of the chain: the digests of some rows of one month, and a hash over them and over the
 * link before. The rows are those of the month behind {@code after}, up to {@code last}.
 *
 * @param number 1 for the first link
 * @param month its first day
 * @param total rows in the chain, with those of this link
 * @param digests SHA-256 of each row, one behind the other
 */
record AuditLink(
    long number,
    LocalDate month,
    AuditPlace after,
    AuditPlace last,
    long total,
    byte[] digests,
    byte[] hash) {

  static final int DIGEST_BYTES = 32;

  /** What stands before the first link. */
  static final AuditLink NONE =
      new AuditLink(
          0,
          LocalDate.EPOCH,
          AuditPlace.START,
          AuditPlace.START,
          0,
          new byte[0],
          new byte[DIGEST_BYTES]);

  static AuditLink read(ResultSet rs) throws SQLException {
    return new AuditLink(
        rs.getLong("link"),
        rs.getObject("month", LocalDate.class),
        new AuditPlace(rs.getString("after_xid"), rs.getLong("after_id")),
        new AuditPlace(rs.getString("last_xid"), rs.getLong("last_id")),
        rs.getLong("total"),
        rs.getBytes("digests"),
        rs.getBytes("hash"));
  }

  /** The link behind this one. */
  AuditLink next(LocalDate ofMonth, AuditPlace behind, AuditPlace upTo, byte[] ofRows) {
    long rows = ofRows.length / DIGEST_BYTES;
    var unsigned =
        new AuditLink(number + 1, ofMonth, behind, upTo, total + rows, ofRows, new byte[0]);
    return new AuditLink(
        number + 1, ofMonth, behind, upTo, total + rows, ofRows, unsigned.hashBehind(this));
  }

  /** The hash that this link has to have behind another one. */
  byte[] hashBehind(AuditLink before) {
    var head =
        String.join(
                "\n",
                HexFormat.of().formatHex(before.hash),
                Long.toString(number),
                month.toString(),
                after.xid(),
                Long.toString(after.id()),
                last.xid(),
                Long.toString(last.id()),
                Long.toString(total))
            + "\n";
    var start = head.getBytes(StandardCharsets.UTF_8);
    var all = Arrays.copyOf(start, start.length + digests.length);
    System.arraycopy(digests, 0, all, start.length, digests.length);
    return Sha256.of(all);
  }

  /** Number of its rows. */
  long rows() {
    return digests.length / DIGEST_BYTES;
  }

  /** The digest of a row, in hexadecimal digits. */
  String digest(int row) {
    return HexFormat.of().formatHex(digests, row * DIGEST_BYTES, (row + 1) * DIGEST_BYTES);
  }

  AuditHead head() {
    return new AuditHead(total, HexFormat.of().formatHex(hash));
  }
}
