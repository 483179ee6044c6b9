package dev.bailiff.gateway.job.export;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list that is written while it is read, however long it is. A page is read, its connection to
 * the store given back, and then the page is written: a client that reads slowly holds none.
 *
 * @param name of the file
 * @param columns the columns of a table
 * @param reply a row as the pages of JSON have it
 * @param pages reads a page of at most {@link #PAGE} rows
 * @param isThere whether the owner of the list still exists; its rows are deleted with it
 */
public record ExportedList<T>(
    String name,
    List<Column<T>> columns,
    Function<T, ?> reply,
    Pages<T> pages,
    BooleanSupplier isThere) {

  /** Rows of one page. */
  public static final int PAGE = 1_000;

  /** The pages of a list. */
  @FunctionalInterface
  public interface Pages<T> {
    /**
     * The rows behind a row.
     *
     * @param last null for the first page
     */
    List<T> behind(@Nullable T last);
  }

  /** The reply. The first page is read before it begins: only until then can a call be refused. */
  public Response response(ExportFormat format, HttpServletRequest request) {
    var first = pages.behind(null);
    return Response.ok((StreamingOutput) output -> writeOrCut(format, first, output, request))
        .header("Content-Type", format.mediaType())
        .header(
            "Content-Disposition", "attachment; filename=\"" + name + "." + format.word() + "\"")
        .build();
  }

  private void writeOrCut(
      ExportFormat format, List<T> first, OutputStream output, HttpServletRequest request)
      throws IOException {
    try {
      write(format, first, output);
    } catch (IOException | RuntimeException e) {
      ReplyCut.cut(request);
      throw e;
    }
  }

  /**
   * Writes the list.
   *
   * @throws IOException if it is not whole; the client then sees that the reply was cut off
   */
  void write(ExportFormat format, List<T> first, OutputStream output) throws IOException {
    var rows = format.writer(this, output);
    rows.begin();
    var page = first;
    while (!page.isEmpty()) {
      for (T row : page) {
        rows.write(row);
      }
      page = page.size() < PAGE ? List.of() : pages.behind(page.get(page.size() - 1));
    }
    if (!isThere.getAsBoolean()) {
      throw new IOException("the job was deleted while " + name + " was written");
    }
    rows.flush();
  }
}
