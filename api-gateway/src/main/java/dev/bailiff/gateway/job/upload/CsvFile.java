package dev.bailiff.gateway.job.upload;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One column of a CSV file. Records without that column, or with nothing in it, mean nothing. */
final class CsvFile implements TargetFile {
  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private final CsvParser parser;
  private final TargetColumn column;
  private @Nullable ArrivingTarget first;

  private CsvFile(CsvParser parser, TargetColumn column, @Nullable ArrivingTarget first) {
    this.parser = parser;
    this.column = column;
    this.first = first;
  }

  static CsvFile open(Reader text, Optional<String> wanted) throws IOException {
    var parser = CSV.createParser(text);
    List<String> record = new ArrayList<>();
    long line = 1;
    if (parser.nextToken() != null) {
      line = line(parser);
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        record.add(parser.getText());
      }
    }
    var column = TargetColumn.in(record, wanted);
    var first = column.isNamed() ? null : ArrivingTarget.inLine(record.get(0), line);
    return new CsvFile(parser, column, first);
  }

  private static long line(CsvParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  @Override
  public @Nullable ArrivingTarget next() throws IOException {
    var next = first;
    first = null;
    while (next == null && parser.nextToken() != null) {
      next = nextRecord();
    }
    return next;
  }

  /** The target of a record whose beginning was read; null if it has none. */
  private @Nullable ArrivingTarget nextRecord() throws IOException {
    ArrivingTarget found = null;
    for (int number = 0; parser.nextToken() == JsonToken.VALUE_STRING; number++) {
      if (number == column.number() && !parser.getText().isBlank()) {
        found = ArrivingTarget.inLine(parser.getText().strip(), line(parser));
      }
    }
    return found;
  }
}
