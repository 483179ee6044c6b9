package dev.bailiff.homeserver.synapse.purge;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.homeserver.synapse.api.TestedVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The schemas of {@link TestedVersions}, on which a purge by direct SQL was tried, one resource
 * {@code known/<version>.json} each.
 */
final class KnownSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KnownSchemas() {}

  /** The schema of a release; empty for one that is not known. */
  static Optional<KnownSchema> of(String version) {
    if (!TestedVersions.contains(version)) {
      return Optional.empty();
    }
    try (var resource = KnownSchemas.class.getResourceAsStream("known/" + version + ".json")) {
      return resource == null
          ? Optional.empty()
          : Optional.of(JSON.readValue(resource, new TypeReference<KnownSchema>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a resource. */
  static String text(KnownSchema schema) {
    try {
      var lines = new DefaultPrettyPrinter();
      lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
      return JSON.writer(lines).writeValueAsString(schema) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
