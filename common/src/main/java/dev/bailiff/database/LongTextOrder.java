package dev.bailiff.database;

/**
 * The order of rows by a text of any length, with an index. A row of an index has at most 2,704
 * bytes. The index is therefore on two expressions (see {@code account_displayname}): the beginning
 * of the text, and the id of the row, which is null if the text is longer than its beginning. The
 * index returns rows in the exact order of text and id, except for longer texts that begin with the
 * same {@value #BEGINNING} characters; the incremental sort orders only those.
 *
 * <p>The collation must be C, in which a text comes before the texts that it begins.
 *
 * @param text the column of the text
 * @param id a unique column of the same table
 */
public record LongTextOrder(String text, String id) {

  /** In characters of at most four bytes each; the id takes up to 255 bytes beside them. */
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
   * Text descending, null first, and the id ascending. The index then orders only the beginnings.
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
