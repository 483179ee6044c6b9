package dev.bailiff.gateway.job.upload;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.schemas.kind.TargetType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The column of a CSV file that has the targets.
 *
 * @param number the first column is 0
 * @param isNamed whether the first record names the columns, and is no target itself
 */
record TargetColumn(int number, boolean isNamed) {
  private static final List<String> USUAL = List.of("target", "user_id", "room_id");

  /** Whether a first line names one of the usual columns. */
  static boolean isNamedIn(String line) {
    return Arrays.stream(line.split(",")).anyMatch(cell -> USUAL.contains(name(cell)));
  }

  /**
   * The column with the targets.
   *
   * @param first the first record
   * @param wanted the column that the call names
   */
  static TargetColumn in(List<String> first, Optional<String> wanted) {
    var names = first.stream().map(TargetColumn::name).toList();
    if (wanted.isPresent()) {
      return named(names, wanted.get());
    }
    for (var usual : USUAL) {
      int number = names.indexOf(usual);
      if (number >= 0) {
        return new TargetColumn(number, true);
      }
    }
    // A first record that is lost would be a target that nobody works on.
    return new TargetColumn(0, first.isEmpty() || !isTarget(first.get(0)));
  }

  private static TargetColumn named(List<String> names, String wanted) {
    int number = names.indexOf(name(wanted));
    if (number < 0) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "The file 'targets' has no column '" + wanted + "'; its columns are " + names);
    }
    return new TargetColumn(number, true);
  }

  private static boolean isTarget(String cell) {
    return Arrays.stream(TargetType.values()).anyMatch(type -> TargetForm.fits(type, cell));
  }

  private static String name(String cell) {
    return cell.replace("\"", "").strip().toLowerCase(Locale.ROOT);
  }
}
