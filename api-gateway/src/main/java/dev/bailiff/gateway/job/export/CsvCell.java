package dev.bailiff.gateway.job.export;

import dev.bailiff.text.VisibleText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes text safe as a cell of a table that people open with a spreadsheet. A spreadsheet takes a
 * cell that begins with one of some characters for a formula, and runs it. Such a cell gets an
 * apostrophe in front. Control characters become visible.
 *
 * <p>Ids of users begin with one of these characters, too, and whoever hands a table back as a list
 * of targets needs the ids as they are. An id with the letters that the protocol has for new users
 * calls no function and refers to no other program, so it stays as it is. Older users may have
 * other characters in their names; such an id is treated like any text of people.
 */
final class CsvCell {
  /** Some programs know the wide forms, too. */
  private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

  private static final Pattern PLAIN_USER =
      Pattern.compile("@[0-9A-Za-z._=/+-]+:[0-9A-Za-z.:\\[\\]-]+");

  private CsvCell() {}

  /** The text of a cell; null makes an empty one. */
  static String of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    var visible = VisibleText.of(text);
    return FORMULA.indexOf(visible.charAt(0)) < 0 || PLAIN_USER.matcher(visible).matches()
        ? visible
        : "'" + visible;
  }
}
