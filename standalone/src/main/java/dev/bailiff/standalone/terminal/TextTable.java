package dev.bailiff.standalone.terminal;

import dev.bailiff.text.VisibleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under a heading. Each column is as wide as its widest cell; columns of numbers are aligned
 * right.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... heading) {
    rows.add(List.of(heading));
  }

  /** Adds a row with as many cells as the heading. */
  public void add(Object... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("a row must have " + rows.get(0).size() + " cells");
    }
    rows.add(Arrays.stream(cells).map(cell -> VisibleText.of(String.valueOf(cell))).toList());
  }

  /** The lines, without trailing blanks. */
  public List<String> lines() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    boolean[] numbers = new boolean[columns];
    Arrays.fill(numbers, rows.size() > 1);
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns; c++) {
        String cell = rows.get(r).get(c);
        widths[c] = Math.max(widths[c], cell.length());
        numbers[c] &= r == 0 || isNumber(cell);
      }
    }
    return rows.stream().map(row -> line(row, widths, numbers)).toList();
  }

  private static String line(List<String> row, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.size(); c++) {
      String fill = " ".repeat(widths[c] - row.get(c).length());
      line.append(c == 0 ? "" : GAP).append(numbers[c] ? fill : "").append(row.get(c));
      line.append(numbers[c] ? "" : fill);
    }
    return line.toString().stripTrailing();
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty() || cell.equals("-") || cell.matches("[0-9][0-9,.]*");
  }
}
