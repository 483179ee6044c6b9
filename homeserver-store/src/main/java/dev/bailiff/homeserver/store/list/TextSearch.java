package dev.bailiff.homeserver.store.list;

/** A search for a part of a text in any letter case, in SQL. */
public final class TextSearch {

  private TextSearch() {}

  /**
   * The condition that a text is like a pattern. The collation pg_c_utf8 knows upper and lower case
   * beyond ASCII and is the same on every platform; indexes that serve a search have it as well.
   *
   * @param text SQL of the text
   * @param parameter name of the parameter with the pattern
   */
  public static String isLike(String text, String parameter) {
    return "lower(%s collate pg_c_utf8) like lower(:%s::text collate pg_c_utf8)"
        .formatted(text, parameter);
  }

  /**
   * A pattern for texts that contain a part. The wildcards of SQL are escaped, as they are ordinary
   * characters in the API.
   */
  public static String containing(String part) {
    return "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
