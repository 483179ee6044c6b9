package dev.bailiff.database;

/**
 * The order of rows by a text of any length, with an index. A row of an index holds no more than
 * 2,704 bytes, so such an index is on two expressions (see {@code account_displayname}): the
 * beginning of the text, and the id of the row unless the text goes on. Rows come out of it in the
 * exact order of text and id, but for texts that begin with the same {@value #BEGINNING} characters
 * and go on; only those are left to sort, by the incremental sort.
 *
 * <p>That holds in the collation C, where a text comes before those that it begins.
 *
 * @param text the column of the text
 * @param id a column of the same table that is unique
 */
public record LongTextOrder(String text, String id) {

  /** Characters; four bytes each at most, and the id's 255 bytes beside them. */
  private static final int BEGINNING = 255;

  /** Text, then id, both ascending; null is last. */
  public String ascending() {
    return beginning() + ", " + idUnlessLonger() + ", " + text + ", " + id;
  }

  /** The opposite of {@link #ascending()}. */
  public String descending() {
    return beginning() + " desc, " + idUnlessLonger() + " desc, " + text + " desc, " + id + " desc";
  }

  /**
   * Text descending, null first, and the id ascending: the index gives the order of the beginnings
   * alone.
   */
  public String textDescending() {
    return beginning() + " desc, " + text + " desc, " + id;
  }

  private String beginning() {
    return "left(" + text + ", " + BEGINNING + ")";
  }

  private String idUnlessLonger() {
    return "case when char_length(" + text + ") > " + BEGINNING + " then null else " + id + " end";
  }
}
