package dev.bailiff.homeserver.synapse.database;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rights on tables.
 *
 * @param read tables whose rows may be read
 * @param deleted tables whose rows may be deleted as well
 */
public record TableRights(SortedSet<String> read, SortedSet<String> deleted) {

  /** The right to read tables. */
  public static TableRights toRead(Collection<String> tables) {
    return new TableRights(new TreeSet<>(tables), new TreeSet<>());
  }

  /** These rights and others. */
  public TableRights and(TableRights others) {
    var allDeleted = new TreeSet<>(deleted);
    allDeleted.addAll(others.deleted);
    var allRead = new TreeSet<>(read);
    allRead.addAll(others.read);
    allRead.removeAll(allDeleted);
    return new TableRights(allRead, allDeleted);
  }

  /** All tables with the words of PostgreSQL for the rights on them. */
  SortedMap<String, List<String>> words() {
    var words = new TreeMap<String, List<String>>();
    read.forEach(table -> words.put(table, List.of("SELECT")));
    deleted.forEach(table -> words.put(table, List.of("SELECT", "DELETE")));
    return words;
  }
}
