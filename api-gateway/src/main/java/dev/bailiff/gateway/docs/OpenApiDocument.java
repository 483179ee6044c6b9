package dev.bailiff.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.bailiff.schemas.openapi.OpenApiParts;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Joins the parts of the OpenAPI document. */
public final class OpenApiDocument {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .stringQuotingChecker(new QuotedNumbers())
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                  .build())
          .build();

  private OpenApiDocument() {}

  /**
   * Reads and joins the parts; takes a second or more in a cold JVM.
   *
   * @throws IllegalStateException if two parts have the same key
   */
  public static ObjectNode read() {
    var whole = part(OpenApiParts.NAMES.get(0));
    for (String name : OpenApiParts.NAMES.subList(1, OpenApiParts.NAMES.size())) {
      join(whole, part(name), name);
    }
    return whole;
  }

  private static ObjectNode part(String name) {
    try (var part = OpenApiParts.open(name)) {
      return (ObjectNode) YAML.readTree(part);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** A document as text, without the comments of the parts. */
  public static String yaml(JsonNode document) {
    try {
      return YAML.writeValueAsString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(ObjectNode whole, JsonNode part, String name) {
    part.properties()
        .forEach(
            entry -> {
              var holder = whole.withObjectProperty(entry.getKey());
              if (entry.getKey().equals("components")) {
                entry
                    .getValue()
                    .properties()
                    .forEach(
                        kind ->
                            add(holder.withObjectProperty(kind.getKey()), kind.getValue(), name));
              } else {
                add(holder, entry.getValue(), name);
              }
            });
  }

  private static void add(ObjectNode holder, JsonNode more, String name) {
    more.properties()
        .forEach(
            entry -> {
              if (holder.has(entry.getKey())) {
                throw new IllegalStateException(
                    name + " has " + entry.getKey() + ", which another part has too");
              }
              holder.set(entry.getKey(), entry.getValue());
            });
  }

  /** Quotes statuses: OpenAPI requires text, and YAML would read a number. */
  private static final class QuotedNumbers extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteName(String name) {
      return super.needToQuoteName(name) || name.isEmpty() || Character.isDigit(name.charAt(0));
    }
  }
}
