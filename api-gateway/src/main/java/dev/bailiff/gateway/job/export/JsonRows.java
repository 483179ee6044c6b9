package dev.bailiff.gateway.job.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.schemas.api.ReplyJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;

/** A line of JSON a row, as the pages have it. */
final class JsonRows<T> implements RowWriter<T> {
  private static final JsonMapper REPLIES = ReplyJson.configure(new JsonMapper());

  private final Function<T, ?> reply;
  private final OutputStream output;

  JsonRows(Function<T, ?> reply, OutputStream output) {
    this.reply = reply;
    this.output = output;
  }

  @Override
  public void begin() {
    // Lines of JSON have no heading.
  }

  @Override
  public void write(T row) throws IOException {
    output.write(REPLIES.writeValueAsBytes(reply.apply(row)));
    output.write('\n');
  }

  @Override
  public void flush() throws IOException {
    output.flush();
  }
}
