package dev.bailiff.gateway.job.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportedListTest {
  private static final int ROWS = 2 * ExportedList.PAGE + 1;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void allPagesAreWritten() throws IOException {
    var list = numbers(() -> true);

    list.write(ExportFormat.NDJSON, list.pages().behind(null), output);

    assertThat(output.toString().lines().map(Integer::valueOf))
        .containsExactlyElementsOf(IntStream.range(0, ROWS).boxed().toList());
  }

  /** The rows of a deleted job are gone, so that a page behind them is empty as at the end. */
  @Test
  void listOfAJobThatWasDeletedMeanwhileDoesNotEndAsAWholeOne() {
    var list = numbers(() -> false);

    assertThatThrownBy(() -> list.write(ExportFormat.CSV, list.pages().behind(null), output))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("deleted");
  }

  private static ExportedList<Integer> numbers(BooleanSupplier isThere) {
    return new ExportedList<>(
        "numbers",
        List.of(new Column<>("number", number -> Integer.toString(number))),
        number -> number,
        ExportedListTest::behind,
        isThere);
  }

  private static List<Integer> behind(@Nullable Integer last) {
    int first = last == null ? 0 : last + 1;
    return IntStream.range(first, Math.min(ROWS, first + ExportedList.PAGE)).boxed().toList();
  }
}
