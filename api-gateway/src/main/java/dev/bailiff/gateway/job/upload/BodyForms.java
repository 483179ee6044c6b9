package dev.bailiff.gateway.job.upload;

import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.request.BodyStream;
import java.util.Locale;

/**
 * Chooses the form of a body by its {@code Content-Type}. What is neither lines of JSON nor a form
 * is read as JSON whatever its type says, as in all other calls.
 */
public final class BodyForms {
  private static final String LINES = "application/x-ndjson";
  private static final String FORM = "multipart/form-data";
  private static final String COLUMN = "column";

  private BodyForms() {}

  /** Begins to read the body of a call. */
  public static SubmittedBody open(Call call, BodyStream stream) {
    var type = call.body().type();
    return switch (type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
      case LINES -> new LineBody(stream);
      case FORM -> new FormBody(new FormParts(type, stream), call.query().utf8(COLUMN));
      default -> new JsonBody(stream);
    };
  }
}
