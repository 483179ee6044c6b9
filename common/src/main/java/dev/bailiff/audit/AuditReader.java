package dev.bailiff.audit;

import dev.bailiff.database.Conditions;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the audit, the newest rows first. */
public final class AuditReader {
  private static final String ROWS =
      """
      select a.audit_id, a.at, a.who, a.token, a.address, a.what, a.whom, a.why, a.job, a.items, a.result
        from access.audit a
      %s order by a.at desc, a.audit_id desc
       limit :limit
      """;

  private final Jdbi jdbi;

  public AuditReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A place in the list: behind this row. */
  public record Place(Instant at, long id) {}

  /**
   * What a row must have; null for anything.
   *
   * @param what the whole text
   * @param after rows of this time or later
   * @param before rows before this time
   */
  public record Filter(
      @Nullable String who,
      @Nullable String what,
      @Nullable String whom,
      @Nullable UUID job,
      @Nullable Instant after,
      @Nullable Instant before) {}

  /**
   * A page of rows.
   *
   * @param behind null for the first page
   */
  public List<AuditRow> page(Filter filter, @Nullable Place behind, int limit) {
    var conditions = conditions(filter, behind);
    return jdbi.withHandle(
        handle ->
            conditions
                .bindTo(handle.createQuery(sql(conditions)))
                .bind("limit", limit)
                .map((rs, ctx) -> row(rs))
                .list());
  }

  static String sql(Conditions conditions) {
    return ROWS.formatted(conditions.where());
  }

  static Conditions conditions(Filter filter, @Nullable Place behind) {
    var conditions =
        new Conditions()
            .andIfSet("a.who = :who", "who", filter.who())
            .andIfSet("a.what = :what", "what", filter.what())
            .andIfSet("a.whom = :whom", "whom", filter.whom())
            .andIfSet("a.job = :job", "job", filter.job())
            .andIfSet("a.at >= :after", "after", atUtc(filter.after()))
            .andIfSet("a.at < :before", "before", atUtc(filter.before()));
    if (behind != null) {
      conditions
          .andIfSet("(a.at, a.audit_id) < (:at, :id)", "at", atUtc(behind.at()))
          .with("id", behind.id());
    }
    return conditions;
  }

  private static AuditRow row(ResultSet rs) throws SQLException {
    return new AuditRow(
        rs.getLong("audit_id"),
        rs.getObject("at", OffsetDateTime.class).toInstant(),
        rs.getString("who"),
        rs.getString("token"),
        rs.getString("address"),
        rs.getString("what"),
        rs.getString("whom"),
        rs.getString("why"),
        rs.getObject("job", UUID.class),
        texts(rs.getArray("items")),
        rs.getString("result"));
  }

  private static List<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
  }

  private static @Nullable OffsetDateTime atUtc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
