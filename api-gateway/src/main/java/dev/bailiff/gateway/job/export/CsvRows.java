package dev.bailiff.gateway.job.export;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** CSV as RFC 4180 has it, with a heading. */
final class CsvRows<T> implements RowWriter<T> {
  private static final CsvMapper MAPPER =
      CsvMapper.csvBuilder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private final List<Column<T>> columns;
  private final SequenceWriter rows;

  CsvRows(List<Column<T>> columns, OutputStream output) throws IOException {
    this.columns = columns;
    var schema = CsvSchema.builder().setLineSeparator("\r\n");
    columns.forEach(column -> schema.addColumn(column.name()));
    this.rows = MAPPER.writerFor(List.class).with(schema.build()).writeValues(output);
  }

  @Override
  public void begin() throws IOException {
    rows.write(columns.stream().map(Column::name).toList());
  }

  @Override
  public void write(T row) throws IOException {
    rows.write(columns.stream().map(column -> CsvCell.of(column.text().apply(row))).toList());
  }

  @Override
  public void flush() throws IOException {
    rows.flush();
  }
}
