package dev.bailiff.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The parameters of a kind, as JSON or one by one. */
final class KindParameters {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Option(
      names = "--parameters",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "The kind's parameters, as a JSON object.")
  private String object = "{}";

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = {
        "One of them, as erase=true; may be given many times.",
        "What is no JSON is text; a text that is JSON needs its quotes: name='\"12\"'."
      })
  private List<String> single = new ArrayList<>();

  /**
   * All of them.
   *
   * @throws CommandException for what is no JSON object, has no name, or comes twice
   */
  ObjectNode parse() {
    var all = parsedObject();
    for (var parameter : single) {
      int equals = parameter.indexOf('=');
      if (equals < 1) {
        throw refusal("--param must look like erase=true, not '" + parameter + "'");
      }
      var name = parameter.substring(0, equals);
      if (all.has(name)) {
        throw refusal("the parameter '" + name + "' comes twice");
      }
      all.set(name, value(parameter.substring(equals + 1)));
    }
    return all;
  }

  private ObjectNode parsedObject() {
    try {
      if (JSON.readTree(object) instanceof ObjectNode parsed) {
        return parsed;
      }
    } catch (JsonProcessingException e) {
      throw refusal("--parameters is no JSON: " + e.getOriginalMessage());
    }
    throw refusal("--parameters must be a JSON object");
  }

  private static JsonNode value(String text) {
    try {
      var parsed = JSON.readTree(text);
      return parsed.isMissingNode() ? TextNode.valueOf(text) : parsed;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  private static CommandException refusal(String why) {
    return new CommandException(ExitCode.WRONG_USAGE, why);
  }
}
