package dev.bailiff.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of OpenAPI that no schema of it can express, and rules of our own. */
class OpenApiDocumentTest {
  private static final ObjectNode DOCUMENT = OpenApiDocument.read();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)\\}");

  @Test
  void textIsTheSameDocument() throws IOException {
    var text = OpenApiDocument.yaml(DOCUMENT);

    assertThat(new YAMLMapper().readTree(text)).isEqualTo(DOCUMENT);
    assertThat(text).startsWith("openapi: 3.1.0\n").contains("\"200\":").doesNotContain("\n  x-");
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
    var used = new TreeSet<String>();
    references(DOCUMENT, used);

    assertThat(used).allSatisfy(reference -> assertThat(target(reference)).isNotNull());
    var there = new TreeSet<String>();
    DOCUMENT.path("components").properties().stream()
        .filter(kind -> !kind.getKey().equals("securitySchemes"))
        .forEach(
            kind ->
                kind.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        name -> there.add("#/components/" + kind.getKey() + "/" + name)));
    assertThat(used).isEqualTo(there);
  }

  @Test
  void everyOperationHasANameOfItsOwnAndATagThatIsExplained() {
    var tags =
        elements(DOCUMENT.path("tags"))
            .map(tag -> tag.path("name").asText())
            .collect(Collectors.toSet());
    var used =
        operations().values().stream()
            .map(one -> one.path("tags").path(0).asText())
            .collect(Collectors.toSet());
    var names = operations().values().stream().map(one -> one.path("operationId").asText());

    assertThat(names).doesNotHaveDuplicates().doesNotContain("");
    assertThat(used).isEqualTo(tags);
    assertThat(operations())
        .allSatisfy((route, one) -> assertThat(one.path("summary").asText()).isNotEmpty());
  }

  @Test
  void placeholdersAreThePathParametersAndNoParameterComesTwice() {
    operations()
        .forEach(
            (route, operation) -> {
              var path = route.substring(route.indexOf(' ') + 1);
              var parameters = parameters(path, operation);
              var inPath =
                  parameters.stream()
                      .filter(one -> one.path("in").asText().equals("path"))
                      .map(one -> one.path("name").asText())
                      .collect(Collectors.toSet());

              assertThat(inPath).as(route).isEqualTo(placeholders(path));
              assertThat(parameters.stream().map(one -> one.path("in") + " " + one.path("name")))
                  .as(route)
                  .doesNotHaveDuplicates();
            });
  }

  @Test
  void everySchemaIsOne() {
    var metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    var schemas = new ArrayList<JsonNode>();
    DOCUMENT.path("components").path("schemas").forEach(schemas::add);
    DOCUMENT.findValues("schema").forEach(schemas::add);

    assertThat(schemas).allSatisfy(one -> assertThat(metaSchema.validate(one)).isEmpty());
  }

  private static Map<String, JsonNode> operations() {
    return DOCUMENT.path("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(entry -> !entry.getKey().equals("parameters"))
                    .map(
                        entry -> Map.entry(entry.getKey() + " " + path.getKey(), entry.getValue())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static List<JsonNode> parameters(String path, JsonNode operation) {
    return Stream.of(DOCUMENT.path("paths").path(path), operation)
        .flatMap(holder -> elements(holder.path("parameters")))
        .map(one -> one.has("$ref") ? target(one.path("$ref").asText()) : one)
        .toList();
  }

  private static Set<String> placeholders(String path) {
    return PLACEHOLDER
        .matcher(path)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static JsonNode target(String reference) {
    assertThat(reference).startsWith("#/");
    var found = DOCUMENT.at(reference.substring(1));
    return found.isMissingNode() ? null : found;
  }

  private static void references(JsonNode node, Set<String> found) {
    if (node.path("$ref").isTextual()) {
      found.add(node.path("$ref").asText());
    }
    node.forEach(child -> references(child, found));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    var list = new ArrayList<JsonNode>();
    array.forEach(list::add);
    return list.stream();
  }
}
