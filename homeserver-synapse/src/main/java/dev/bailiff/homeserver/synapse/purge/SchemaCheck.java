package dev.bailiff.homeserver.synapse.purge;

import dev.bailiff.homeserver.synapse.database.Finding;
import dev.bailiff.homeserver.synapse.database.RoleRights;
import dev.bailiff.homeserver.synapse.media.MediaTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jdbi.v3.core.Handle;

/**
 * Decides whether a purge may change Synapse's database. Everything must be as in a release that
 * was tried: an unknown table may refer to events, and rows of it would be orphans. So unknown
 * means no.
 */
final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * The result of all checks, in their order. A check that needs an earlier one that failed is not
   * made.
   *
   * @param version as Synapse reports it
   */
  static List<Finding> check(Handle handle, String version) {
    var findings = new ArrayList<Finding>();
    var found = KnownSchemas.of(version);
    findings.add(
        new Finding(
            "version",
            found.isPresent() ? Optional.empty() : Optional.of(version + " is not known")));
    findings.add(
        new Finding(
            "rights", RoleRights.problem(handle, PurgeTables.rights(), MediaTables.RIGHTS)));
    if (found.isEmpty() || findings.stream().anyMatch(finding -> !finding.passed())) {
      return findings;
    }
    var known = found.get();
    var actual = SchemaReader.read(handle);
    findings.add(new Finding("schema_version", version(known, actual)));
    findings.add(
        new Finding("schema deltas", same("schema delta", known.deltas(), actual.deltas())));
    findings.add(
        new Finding(
            "background updates",
            none(handle, "background_updates", "update_name", "background update", "is not done")));
    findings.add(
        new Finding(
            "module schemas",
            none(
                handle,
                "applied_module_schemas",
                "module_name",
                "the schema of module",
                "is not known")));
    findings.add(new Finding("tables", tables(known.tables(), actual.tables())));
    findings.add(
        new Finding(
            "foreign keys", same("foreign key", known.foreignKeys(), actual.foreignKeys())));
    findings.add(new Finding("triggers", same("trigger", known.triggers(), actual.triggers())));
    findings.add(new Finding("indexes", missing("index", known.indexes(), actual.indexes())));
    findings.add(
        new Finding(
            "state DAGs",
            none(
                handle,
                "msc4242_state_dag_edges",
                "room_id",
                "the state DAG of room",
                "is not known")));
    return findings;
  }

  private static Optional<String> version(KnownSchema known, KnownSchema actual) {
    return known.schemaVersion() == actual.schemaVersion()
        ? Optional.empty()
        : Optional.of("schema_version " + actual.schemaVersion() + " is not known");
  }

  private static Optional<String> tables(
      SortedMap<String, String> known, SortedMap<String, String> actual) {
    for (var table : actual.entrySet()) {
      var columns = known.get(table.getKey());
      if (columns == null) {
        return Optional.of("table " + table.getKey() + " is not known");
      }
      if (!columns.equals(table.getValue())) {
        return Optional.of("table " + table.getKey() + " has other columns");
      }
    }
    return missing("table", known.keySet(), actual.keySet());
  }

  private static Optional<String> same(
      String word, SortedSet<String> known, SortedSet<String> actual) {
    return actual.stream()
        .filter(each -> !known.contains(each))
        .findFirst()
        .map(each -> word + " " + each + " is not known")
        .or(() -> missing(word, known, actual));
  }

  private static Optional<String> missing(
      String word, Collection<String> known, Collection<String> actual) {
    return known.stream()
        .filter(each -> !actual.contains(each))
        .findFirst()
        .map(each -> word + " " + each + " is missing");
  }

  private static Optional<String> none(
      Handle handle, String table, String column, String before, String behind) {
    return handle
        .createQuery("select <column>::text from <table> limit 1")
        .define("column", column)
        .define("table", table)
        .mapTo(String.class)
        .findFirst()
        .map(value -> before + " " + value + " " + behind);
  }
}
