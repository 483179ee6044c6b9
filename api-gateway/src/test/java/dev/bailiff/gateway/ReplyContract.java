package dev.bailiff.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.bailiff.gateway.docs.OpenApiDocument;
import dev.bailiff.gateway.error.ErrorReply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Checks every reply of the tests against the OpenAPI document: status, headers, media type, and
 * body with the order of its keys. An error's code must be named in the description of its status.
 * Each schema is compiled once.
 */
final class ReplyContract {
  private static final ReplyContract OF_THE_GATEWAY = new ReplyContract(OpenApiDocument.read());

  /** Statuses that no call documents, as any call can have them: the request was not read. */
  private static final Set<Integer> UNREAD = Set.of(400, 408, 414, 417, 431);

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final ObjectNode document;
  private final List<DocumentedPath> paths;
  private final KeyOrder order;
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  ReplyContract(ObjectNode document) {
    this.document = document;
    this.paths = DocumentedPath.of(document);
    this.order = new KeyOrder(document);
  }

  /**
   * Fails if the gateway's document does not describe a reply.
   *
   * @param target as sent, with query
   */
  static void check(String method, String target, Reply reply) {
    OF_THE_GATEWAY.hold(method, target, reply);
  }

  void hold(String method, String target, Reply reply) {
    if (method.equals("OPTIONS") || isUnread(method, reply)) {
      return;
    }
    var call = method + " " + target + " -> " + reply.status();
    var path = target.split("\\?", 2)[0];
    var found = paths.stream().filter(documented -> documented.fits(path)).findFirst();
    if (found.isEmpty()) {
      if (DocumentedPath.isOurs(path) && !reply.outcome().equals("404 M_UNRECOGNIZED")) {
        throw new AssertionError(call + ": the path is not documented");
      }
      return;
    }
    var operation = found.get().operation(method);
    if (operation.isMissingNode()) {
      if (!isUnrecognized(reply)) {
        throw new AssertionError(call + ": the method is not documented");
      }
      return;
    }
    var response = resolved(DocumentedPath.response(operation, reply.status()));
    if (response.isMissingNode()) {
      throw new AssertionError(
          call + ": the status is not documented; the body is " + reply.body());
    }
    holdHeaders(call, response, reply);
    if (!method.equals("HEAD")) {
      holdBody(call, response, reply);
    }
  }

  private void holdHeaders(String call, JsonNode response, Reply reply) {
    response
        .path("headers")
        .properties()
        .forEach(
            header -> {
              var told = resolved(header.getValue());
              var value = reply.headers().get(header.getKey());
              if (value == null && told.path("required").asBoolean()) {
                throw new AssertionError(call + ": there is no header " + header.getKey());
              }
              if (value != null) {
                var text = TextNode.valueOf(value);
                validate(call + ": header " + header.getKey(), told.path("schema"), text);
              }
            });
  }

  private void holdBody(String call, JsonNode response, Reply reply) {
    var type = String.valueOf(reply.headers().get("Content-Type")).split(";", 2)[0];
    var content = response.path("content").path(type);
    if (content.isMissingNode()) {
      throw new AssertionError(call + ": the media type " + type + " is not documented");
    }
    if (!type.equals("application/json")) {
      return;
    }
    var body = reply.json();
    validate(call, content.path("schema"), body);
    order.hold(call, content.path("schema"), body);
    var errcode = body.path("errcode").asText();
    if (reply.status() >= 400
        && !errcode.isEmpty()
        && !response.path("description").asText().contains("`" + errcode + "`")) {
      throw new AssertionError(
          call + ": " + errcode + " is not named in: " + response.path("description").asText());
    }
  }

  private void validate(String call, JsonNode schema, JsonNode value) {
    var errors = schemas.computeIfAbsent(schema, this::compile).validate(value);
    if (!errors.isEmpty()) {
      throw new AssertionError(
          errors.stream()
              .limit(5)
              .map(
                  error ->
                      "at '"
                          + error.getInstanceLocation()
                          + "': "
                          + error.getMessage()
                          + " (by "
                          + error.getEvaluationPath()
                          + ")")
              .collect(Collectors.joining("\n  ", call + ":\n  ", "\nin " + value)));
    }
  }

  /** References lead into {@code #/components}, so each schema includes the components. */
  private Schema compile(JsonNode schema) {
    var alone = document.objectNode();
    alone.setAll((ObjectNode) schema);
    alone.set("components", document.path("components"));
    return REGISTRY.getSchema(alone);
  }

  /** The target of a reference; a description beside the reference overrides that of the target. */
  private JsonNode resolved(JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    var target = document.at(node.path("$ref").asText().substring(1));
    if (!node.has("description")) {
      return target;
    }
    return ((ObjectNode) target.deepCopy()).set("description", node.get("description"));
  }

  /** A reply to {@code HEAD} can only be judged by its status. */
  private static boolean isUnread(String method, Reply reply) {
    return UNREAD.contains(reply.status())
        && (method.equals("HEAD")
            || !reply.body().isEmpty()
                && reply.json().equals(ErrorReply.ofStatus(reply.status()).json()));
  }

  /** Also 404 where login is delegated, as these paths are not served then. */
  private static boolean isUnrecognized(Reply reply) {
    return reply.status() == 405 || reply.outcome().equals("404 M_UNRECOGNIZED");
  }
}
