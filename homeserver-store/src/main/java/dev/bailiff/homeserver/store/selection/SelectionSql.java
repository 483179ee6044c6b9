package dev.bailiff.homeserver.store.selection;

import dev.bailiff.database.Conditions;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.Glob;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The statements that read the targets which meet a filter.
 *
 * <p><b>Cost:</b> a page is read from the table's key up to its size, or by an index of a condition
 * if the planner finds that cheaper. Where few targets match and no index helps, all rows would be
 * read for one page. Then the statements read a window of rows at a time: so the cost of each is
 * bounded, and that of all is linear in the size of the table.
 *
 * @param table with its alias
 * @param join a table whose key is that of the targets, joined up to its condition; empty if none
 * @param joinedKey the key of that table
 * @param key the primary key, in byte order
 * @param prefix with which each target begins; empty if that is not known
 */
record SelectionSql(
    String table, String join, String joinedKey, String key, Conditions conditions, String prefix) {

  private static final String PAGE = "select %2$s as id from %1$s %3$s order by %2$s limit :size";

  private static final String COUNT =
      """
      with met as materialized (select %2$s as id from %1$s %3$s)
      select (select count(*) from met) as targets, array(select id from met order by id limit :size) as ids
      """;

  private static final String WINDOW_END =
      "select %2$s as id from %1$s where %2$s > :after%3$s order by %2$s offset :skipped limit 1";

  /** All keys begin with code points that are not greater. */
  private static final String GREATEST = "\uDBFF\uDFFF";

  /** The prefix that a filter on the key implies. */
  static String prefix(@Nullable Globs key) {
    return key == null || key.any().size() != 1
        ? ""
        : key.any().stream().map(Glob::prefix).findFirst().orElse("");
  }

  /** Parameters: {@code after}, {@code size}; {@code upto} if the page is of a window. */
  String page(boolean ofWindow) {
    return PAGE.formatted(from(ofWindow), key, where(ofWindow));
  }

  /** One row. Parameters as of {@link #page}; {@code size} is that of the sample. */
  String count(boolean ofWindow) {
    return COUNT.formatted(from(ofWindow), key, where(ofWindow));
  }

  /** No row if the window holds the rest. Parameters: {@code after}, {@code skipped}. */
  String windowEnd() {
    return WINDOW_END.formatted(
        table, key, prefix.isEmpty() ? "" : " and %s >= :from and %s < :to".formatted(key, key));
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    return conditions.bindTo(bindPrefix(statement));
  }

  <S extends SqlStatement<S>> S bindPrefix(S statement) {
    return prefix.isEmpty()
        ? statement
        : statement.bind("from", prefix).bind("to", prefix + GREATEST);
  }

  /** The joined table is read between the same keys; the planner does not conclude that itself. */
  private String from(boolean ofWindow) {
    return join.isEmpty()
        ? table
        : "%s %s on %s = %s and %s"
            .formatted(table, join, joinedKey, key, between(joinedKey, ofWindow));
  }

  private static String between(String key, boolean ofWindow) {
    return key + " > :after" + (ofWindow ? " and " + key + " <= :upto" : "");
  }

  private String where(boolean ofWindow) {
    var where = conditions.where();
    return (where.isEmpty() ? "where " : where + "and ")
        + between(key, ofWindow)
        + (prefix.isEmpty() ? "" : " and %s >= :from and %s < :to".formatted(key, key));
  }
}
