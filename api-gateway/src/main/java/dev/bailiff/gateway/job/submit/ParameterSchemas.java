package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bailiff.job.KindContracts;
import dev.bailiff.schemas.kind.KindContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checks the parameters of a job against its kind's JSON Schema. */
public final class ParameterSchemas {
  private final Map<String, Schema> byKind = new HashMap<>();

  /** Reads the schema of every kind; a missing schema stops the start. */
  public ParameterSchemas(KindContracts kinds) {
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    for (KindContract contract : kinds.all()) {
      byKind.put(contract.kind(), read(registry, contract));
    }
  }

  /**
   * A fault of the parameters; empty if there is no fault. A key that the schema does not name is a
   * fault too: a misspelt {@code purge} must not delete a room.
   */
  public Optional<String> problem(KindContract contract, JsonNode parameters) {
    var schema = byKind.get(contract.kind());
    if (schema == null) {
      throw new IllegalArgumentException("no schema of " + contract.kind());
    }
    for (var names = parameters.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!schema.getSchemaNode().path("properties").has(name)) {
        return Optional.of("parameters: " + contract.kind() + " has no parameter '" + name + "'");
      }
    }
    return schema.validate(parameters).stream()
        .findFirst()
        .map(error -> "parameters: " + said(error, schema.getSchemaNode()));
  }

  /** The validator's message, except where it speaks of schemas and not of parameters. */
  private static String said(Error error, JsonNode schema) {
    if (!"oneOf".equals(error.getKeyword())) {
      return error.getInstanceLocation() + " " + error.getMessage();
    }
    var names = new ArrayList<String>();
    schema
        .path("oneOf")
        .forEach(choice -> choice.path("required").forEach(name -> names.add(name.asText())));
    return "give exactly one of " + String.join(", ", names);
  }

  private static Schema read(SchemaRegistry registry, KindContract contract) {
    try (InputStream resource =
        contract.getClass().getResourceAsStream(contract.schemaResource())) {
      if (resource == null) {
        throw new IllegalStateException("no resource " + contract.schemaResource());
      }
      return registry.getSchema(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
